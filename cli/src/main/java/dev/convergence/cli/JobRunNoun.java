package dev.convergence.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs of one tenant's jobs.
@Command(name = "job-run", description = "Lists and shows runs of jobs, and tries them again.")
final class JobRunNoun extends Noun {

    static final String[] COLUMNS = {
        "run_id", "job_type", "status", "retry_attempt", "started_at", "duration_ms", "error"
    };
    private static final String ONE = "/job-runs/{}";

    @Command(description = "Lists the runs, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--status",
                            paramLabel = "STATUS",
                            description = "Such as FAILED or RUNNING.")
                    @Nullable String status,
            @Option(names = "--type", paramLabel = "TYPE", description = "Of jobs of one type.")
                    @Nullable String type,
            @Option(names = "--group", paramLabel = "GROUP", description = "Of one group.")
                    @Nullable String group,
            @Option(names = "--job", paramLabel = "JOB", description = "Of one job.")
                    @Nullable String job) {
        list(
                As.TENANT,
                Route.of("/job-runs"),
                page.with("status", status)
                        .with("type", type)
                        .with("group_id", group)
                        .with("job_id", job),
                "runs",
                COLUMNS);
    }

    @Command(description = "Shows one run.")
    void show(@Parameters(paramLabel = "JOB_RUN", description = "Its id.") String run) {
        show(As.TENANT, Route.of(ONE, run));
    }

    @Command(description = "Shows a run's log; with -f until it has ended.")
    int logs(
            @Parameters(paramLabel = "JOB_RUN", description = "Its id.") String run,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Goes on until the run's end.")
                    boolean follow) {
        String path = Route.of(ONE, run);
        return new Log(session(), new Watched(As.TENANT, path, path + "/log", null)).print(follow);
    }

    @Command(description = "Fetches one of a run's artifacts.")
    void artifact(
            @Parameters(paramLabel = "JOB_RUN", description = "Its id.") String run,
            @Parameters(paramLabel = "NAME", description = "The artifact's name.") String name,
            @Option(names = "--to", paramLabel = "FILE", description = "Where to; else stdout.")
                    @Nullable Path file) {
        keep(session().bytes(As.TENANT, Route.of(ONE + "/artifacts/{}", run, name)), file);
    }

    @Command(description = "Tries a failed run again.")
    int retry(
            @Parameters(paramLabel = "JOB_RUN", description = "Its id.") String run,
            @Option(
                            names = "--priority",
                            paramLabel = "N",
                            description = "Of the new job; else as it was.")
                    @Nullable Integer priority,
            @Mixin Waiting waiting) {
        Map<String, Object> body = new Body().with("priority", priority).fields();
        Answer made = session().send(As.TENANT, "POST", Route.of(ONE + "/retry", run), body);
        if (!waiting.isWanted()) {
            session().display().one(made);
            return Exit.OK.code();
        }
        String id = made.json().path("job_id").asString("");
        return waiting.until(
                session(),
                new Watched(
                        As.TENANT,
                        Route.of("/jobs/{}", id),
                        Route.of("/job-runs/{}/log", id),
                        null));
    }
}
