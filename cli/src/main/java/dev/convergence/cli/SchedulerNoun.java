package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// The scheduler: what is due, and what became of it.
@Command(name = "scheduler", description = "Triggers what is due; shows scheduled runs and views.")
final class SchedulerNoun extends Noun {

    private static final String[] COLUMNS = {
        "run_id", "pipeline_id", "state", "scheduled_time", "retry_attempt", "error_message"
    };

    @Command(description = "Makes runs of everything that is due, with the operator's key.")
    void trigger(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            description = "At most so many, 1 to 1000 (default: all).")
                    @Nullable Integer limit) {
        post(As.OPERATOR, Route.of("/scheduler/trigger") + new Query().with("limit", limit));
    }

    @Command(description = "Shows what is due, waiting and running.")
    void status() {
        show(As.EITHER, Route.of("/scheduler/status"));
    }

    @Command(description = "Lists the runs of schedules with their retries.")
    void runs(
            @Mixin Page page,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "Such as FAILED or SKIPPED.")
                    @Nullable String state,
            @Option(
                            names = "--date",
                            paramLabel = "DAY",
                            description = "Due on a UTC day, YYYY-MM-DD.")
                    @Nullable String date,
            @Option(
                            names = "--pipeline",
                            paramLabel = "PIPELINE",
                            description = "Of one pipeline_id.")
                    @Nullable String pipeline) {
        list(
                As.EITHER,
                Route.of("/scheduler/scheduled"),
                page.with("state", state).with("date", date).with("pipeline_id", pipeline),
                "runs",
                COLUMNS);
    }

    @Command(description = "Shows one run of a schedule.")
    void show(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        show(As.EITHER, Route.of("/scheduler/scheduled/{}", run));
    }

    @Command(description = "Lists the retries of a run.")
    void retries(@Parameters(paramLabel = "RUN", description = "Its id.") String run) {
        list(As.EITHER, Route.of("/scheduler/scheduled/{}/retries", run), "runs", COLUMNS);
    }

    @Command(description = "Ends runs that have lasted too long, with the operator's key.")
    void cleanup(
            @Option(
                            names = "--minutes",
                            paramLabel = "N",
                            description = "Longer than so many (default: 60).")
                    @Nullable Integer minutes) {
        session().confirm("End all runs that have lasted too long?");
        post(
                As.OPERATOR,
                Route.of("/scheduler/cleanup-orphaned-pipelines")
                        + new Query().with("timeout_minutes", minutes));
    }

    @Command(
            description = "Shows the rows of a monitoring view, with the operator's key.",
            footer = {"", "Example:", "  convergence scheduler view pending_queue_items"})
    void view(
            @Parameters(paramLabel = "VIEW", description = "Such as pipelines_due_now.")
                    String view) {
        Answer answer = session().get(As.OPERATOR, Route.of("/scheduler/views/{}", view));
        JsonNode body = answer.json();
        List<String> columns = List.copyOf(body.path("rows").path(0).propertyNames());
        session().display().list(answer, body, "rows", columns);
    }
}
