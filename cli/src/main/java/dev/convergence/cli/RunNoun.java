package dev.convergence.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs of one tenant's pipelines.
@Command(name = "run", description = "Starts runs of pipelines, watches, cancels and repeats them.")
final class RunNoun extends Noun {

    private static final String ONE = "/pipelines/runs/{}";

    @Command(
            description = "Starts a run of a template, or of a scheduled pipeline.",
            footer = {
                "",
                "With --wait the exit code is the run's: 0 when it COMPLETED, 7 when it did not,",
                "8 when the time was up.",
                "",
                "Examples:",
                "  convergence run start gcp/cost/billing --date 2026-01-02 --wait --follow",
                "  convergence run start nightly-bills"
            })
    int start(
            @Parameters(
                            paramLabel = "TEMPLATE",
                            description = "provider/domain/template, or a pipeline's id or name.")
                    String what,
            @Option(
                            names = {"-p", "--parameter", "--param"},
                            paramLabel = "NAME=VALUE",
                            description = "A parameter of the run.")
                    @Nullable Map<String, String> parameters,
            @Option(
                            names = "--date",
                            paramLabel = "DAY",
                            description = "The day to load, YYYY-MM-DD.")
                    @Nullable String date,
            @Option(names = "--from", paramLabel = "DAY", description = "The first day to load.")
                    @Nullable String from,
            @Option(
                            names = "--to",
                            paramLabel = "DAY",
                            description = "The last day to load, included.")
                    @Nullable String to,
            @Option(names = "--dry-run", description = "Shows the steps and starts nothing.")
                    boolean dryRun,
            @Mixin Waiting waiting) {
        Body changes =
                new Body()
                        .with("date", date)
                        .with("start_date", from)
                        .with("end_date", to)
                        .with("dry_run", dryRun ? true : null);
        Answer accepted = new RunStart(session(), what).accepted(parameters, changes);
        if (dryRun || !waiting.isWanted()) {
            session().display().one(accepted);
            return Exit.OK.code();
        }
        return waiting.until(
                session(), run(accepted.json().path("pipeline_logging_id").asString("")));
    }

    @Command(description = "Lists the runs, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--pipeline",
                            paramLabel = "PIPELINE",
                            description = "Of one pipeline_id.")
                    @Nullable String pipeline,
            @Option(
                            names = {"--state", "--status"},
                            paramLabel = "STATE",
                            description = "Such as FAILED or RUNNING.")
                    @Nullable String state) {
        list(
                As.TENANT,
                Route.of("/pipelines/runs"),
                page.with("pipeline_id", pipeline).with("state", state),
                "runs",
                "pipeline_logging_id",
                "pipeline_id",
                "state",
                "trigger_type",
                "start_time",
                "duration_ms",
                "rows_written");
    }

    @Command(description = "Shows one run.")
    void show(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        show(As.EITHER, Route.of(ONE, run));
    }

    @Command(description = "Waits for a run's end, with its steps as they happen.")
    int watch(
            @Parameters(paramLabel = "RUN", description = "Its id.") String run,
            @Mixin Waiting waiting) {
        return waiting.until(session(), run(run));
    }

    @Command(description = "Shows a run's steps.")
    void steps(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        list(
                As.EITHER,
                Route.of(ONE + "/steps", run),
                "steps",
                "step_id",
                "step_type",
                "status",
                "rows_read",
                "rows_written",
                "duration_ms",
                "error_message");
    }

    @Command(description = "Shows what the quality rules found.")
    void quality(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        list(
                As.EITHER,
                Route.of(ONE + "/dq-results", run),
                "checks",
                "suite",
                "rule",
                "target_table",
                "severity",
                "passed",
                "rows_checked",
                "rows_failed");
    }

    @Command(description = "Shows a run's log; with -f until it has ended.")
    int logs(
            @Parameters(paramLabel = "RUN", description = "Its id.") String run,
            @Option(
                            names = {"-f", "--follow"},
                            description = "Goes on until the run's end.")
                    boolean follow) {
        return new Log(session(), run(run)).print(follow);
    }

    @Command(description = "Fetches one of a run's artifacts.")
    void artifact(
            @Parameters(paramLabel = "RUN", description = "Its id.") String run,
            @Parameters(paramLabel = "NAME", description = "The artifact's name.") String name,
            @Option(names = "--to", paramLabel = "FILE", description = "Where to; else stdout.")
                    @Nullable Path file) {
        keep(session().bytes(As.EITHER, Route.of(ONE + "/artifacts/{}", run, name)), file);
    }

    @Command(description = "Says why a run waits.")
    void why(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        list(As.EITHER, Route.of(ONE + "/why", run), "reasons", "code", "detail");
    }

    @Command(description = "Cancels a run that waits, or stops one that runs.")
    void cancel(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        session().confirm("Cancel run " + run + "?");
        post(As.EITHER, Route.of(ONE + "/cancel", run));
    }

    @Command(description = "Repeats a failed run.")
    int retry(
            @Parameters(paramLabel = "RUN", description = "Its id.") String run,
            @Option(
                            names = "--from-step",
                            paramLabel = "STEP",
                            description = "From this step on, without other branches.")
                    @Nullable String fromStep,
            @Mixin Waiting waiting) {
        Map<String, String> body = fromStep == null ? Map.of() : Map.of("from_step", fromStep);
        Answer accepted = session().send(As.TENANT, "POST", Route.of(ONE + "/retry", run), body);
        if (!waiting.isWanted()) {
            session().display().one(accepted);
            return Exit.OK.code();
        }
        return waiting.until(
                session(), run(accepted.json().path("pipeline_logging_id").asString("")));
    }

    static Watched run(String id) {
        String path = Route.of(ONE, id);
        return new Watched(As.EITHER, path, path + "/log", path + "/steps");
    }
}
