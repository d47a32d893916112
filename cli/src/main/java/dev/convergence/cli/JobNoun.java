package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Jobs of one tenant.
@Command(name = "job", description = "Puts jobs in, lists, changes, orders and cancels them.")
final class JobNoun extends Noun {

    private static final String ONE = "/jobs/{}";
    private static final String[] COLUMNS = {
        "job_id",
        "job_type",
        "state",
        "priority",
        "position",
        "queue_rank",
        "retry_attempt",
        "created_at"
    };

    @Command(
            description = "Puts a job in.",
            footer = {
                "",
                "Example:",
                "  convergence job create probe --params '{\"duration_ms\": 500}' --wait"
            })
    int create(
            @Parameters(
                            paramLabel = "TYPE",
                            arity = "0..1",
                            description = "story, research, probe or pipeline.")
                    @Nullable String type,
            @Option(names = "--params", paramLabel = "JSON", description = "Its parameters.")
                    @Nullable String params,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            description = "0 to 100, higher is sooner (default: 0).")
                    @Nullable Integer priority,
            @Option(
                            names = "--template",
                            paramLabel = "JOB_TEMPLATE",
                            description = "Made of this.")
                    @Nullable String template,
            @Mixin Fields fields,
            @Mixin Waiting waiting) {
        Body job =
                new Body()
                        .with("type", type)
                        .with("template_id", template)
                        .with("params", params == null ? null : Json.read("--params", params))
                        .with("priority", priority);
        Answer made =
                session()
                        .send(
                                As.TENANT,
                                "POST",
                                Route.of("/jobs"),
                                fields.over(job, session().machine()).fields());
        if (!waiting.isWanted()) {
            session().display().one(made);
            return Exit.OK.code();
        }
        return waiting.until(session(), job(made.json().path("job_id").asString("")));
    }

    @Command(description = "Lists the jobs, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Such as QUEUED or FAILED.")
                    @Nullable String state,
            @Option(names = "--type", paramLabel = "TYPE", description = "Of one type.")
                    @Nullable String type,
            @Option(names = "--group", paramLabel = "GROUP", description = "Of one group.")
                    @Nullable String group,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "Made at or after a time.")
                    @Nullable String since,
            @Option(names = "--until", paramLabel = "TIME", description = "Made before a time.")
                    @Nullable String until) {
        list(
                As.TENANT,
                Route.of("/jobs"),
                page.with("state", state)
                        .with("type", type)
                        .with("group_id", group)
                        .with("since", since)
                        .with("until", until),
                "jobs",
                COLUMNS);
    }

    @Command(description = "Shows one job.")
    void show(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        show(As.TENANT, Route.of(ONE, job));
    }

    @Command(description = "Waits for a job's end.")
    int watch(
            @Parameters(paramLabel = "JOB", description = "Its id.") String job,
            @Mixin Waiting waiting) {
        return waiting.until(session(), job(job));
    }

    @Command(description = "Changes a job while it waits.")
    void update(
            @Parameters(paramLabel = "JOB", description = "Its id.") String job,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            description = "0 to 100, higher is sooner.")
                    @Nullable Integer priority,
            @Option(
                            names = "--position",
                            paramLabel = "N",
                            description = "Its number in its priority level.")
                    @Nullable Long position,
            @Option(names = "--params", paramLabel = "JSON", description = "Its parameters.")
                    @Nullable String params) {
        Body body =
                new Body()
                        .with("priority", priority)
                        .with("position", position)
                        .with("params", params == null ? null : Json.read("--params", params));
        send(As.TENANT, "PATCH", Route.of(ONE, job), body);
    }

    @Command(description = "Puts waiting jobs of one priority into this order.")
    void reorder(
            @Parameters(paramLabel = "JOB", arity = "1..*", description = "Ids, the first first.")
                    List<String> jobs) {
        post(As.TENANT, Route.of("/jobs/reorder"), new Body().with("job_ids", jobs));
    }

    @Command(description = "Lists the original and its retries, the oldest first.")
    void chain(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        list(As.TENANT, Route.of(ONE + "/chain", job), "jobs", COLUMNS);
    }

    @Command(description = "Shows a job's run: none or one.")
    void runs(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        list(As.TENANT, Route.of(ONE + "/runs", job), "runs", JobRunNoun.COLUMNS);
    }

    @Command(description = "Says why a job waits.")
    void why(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        list(As.EITHER, Route.of(ONE + "/why", job), "reasons", "code", "detail");
    }

    @Command(description = "Cancels a job that waits, or stops one that runs.")
    void cancel(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        session().confirm("Cancel job " + job + "?");
        post(As.TENANT, Route.of(ONE + "/cancel", job));
    }

    @Command(description = "Cancels a job only if it waits.")
    void delete(@Parameters(paramLabel = "JOB", description = "Its id.") String job) {
        session().confirm("Cancel job " + job + ", if it waits?");
        delete(As.TENANT, Route.of(ONE, job));
    }

    private static Watched job(String id) {
        return new Watched(As.TENANT, Route.of(ONE, id), Route.of("/job-runs/{}/log", id), null);
    }
}
