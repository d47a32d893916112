package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Runs of a pipeline for past days.
@Command(name = "backfill", description = "Runs a pipeline for past days, behind scheduled work.")
final class BackfillNoun extends Noun {

    private static final String ONE = "/tenants/{}/backfills/{}";

    @Command(
            description = "Asks for one, or with --dry-run shows what it would do.",
            footer = {
                "",
                "Example:",
                "  convergence backfill create bills --from 2026-01-01 --to 2026-01-31 --dry-run"
            })
    void create(
            @Parameters(paramLabel = "CONFIG", description = "The pipeline's id or name.")
                    String config,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "DAY",
                            description = "First day, YYYY-MM-DD.")
                    String from,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "DAY",
                            description = "Last day, included.")
                    String to,
            @Option(
                            names = "--mode",
                            paramLabel = "MODE",
                            description = "missing (default), failed or all.")
                    @Nullable String mode,
            @Option(
                            names = "--order",
                            paramLabel = "ORDER",
                            description = "oldest_first (default) or newest_first.")
                    @Nullable String order,
            @Option(
                            names = "--max-concurrent",
                            paramLabel = "N",
                            description = "How many at once (default: 1).")
                    @Nullable Integer concurrentMax,
            @Option(
                            names = "--days-back",
                            paramLabel = "N",
                            description =
                                    "Load the day so many days before each instant (default: 0).")
                    @Nullable Integer daysBack,
            @Option(names = "--dry-run", description = "Lists the instants and changes nothing.")
                    boolean dryRun) {
        Body body =
                new Body()
                        .with("config_id", new Configs(session()).id(config))
                        .with("start_date", from)
                        .with("end_date", to)
                        .with("dry_run", dryRun)
                        .with("mode", mode)
                        .with("order", order)
                        .with("max_concurrent", concurrentMax)
                        .with("days_back", daysBack);
        Answer answer =
                session()
                        .send(
                                As.EITHER,
                                "POST",
                                Route.of("/tenants/{}/backfills", tenant()),
                                body.fields());
        if (!dryRun) {
            session().display().one(answer);
            return;
        }
        JsonNode plan = answer.json().path("plan");
        session()
                .display()
                .list(
                        answer.with(plan),
                        plan,
                        "instants",
                        List.of(
                                "scheduled_time",
                                "date",
                                "outcome",
                                "last_state",
                                "is_wanted",
                                "left_out"));
    }

    @Command(description = "Lists them, the newest first.")
    void list(
            @Mixin Page page,
            @Option(
                            names = "--config",
                            paramLabel = "CONFIG",
                            description = "Of one pipeline, by its id.")
                    @Nullable String config,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "RUNNING, PAUSED, COMPLETED or CANCELLED.")
                    @Nullable String state) {
        list(
                As.EITHER,
                Route.of("/tenants/{}/backfills", tenant()),
                page.with("config_id", config).with("state", state),
                "backfills",
                "backfill_id",
                "config_id",
                "start_date",
                "end_date",
                "mode",
                "state",
                "progress");
    }

    @Command(description = "Shows one and how far it has come.")
    void show(@Parameters(paramLabel = "BACKFILL", description = "Its id.") String backfill) {
        show(As.EITHER, Route.of(ONE, tenant(), backfill));
    }

    @Command(description = "Lists its instants with state, run and reason, the oldest first.")
    void instants(
            @Parameters(paramLabel = "BACKFILL", description = "Its id.") String backfill,
            @Mixin Page page) {
        list(
                As.EITHER,
                Route.of(ONE + "/instants", tenant(), backfill),
                page,
                "instants",
                "scheduled_time",
                "date",
                "state",
                "run_id",
                "reason");
    }

    @Command(description = "Begins nothing more until it is resumed.")
    void pause(@Parameters(paramLabel = "BACKFILL", description = "Its id.") String backfill) {
        post(As.EITHER, Route.of(ONE + "/pause", tenant(), backfill));
    }

    @Command(description = "Goes on with a paused one.")
    void resume(@Parameters(paramLabel = "BACKFILL", description = "Its id.") String backfill) {
        post(As.EITHER, Route.of(ONE + "/resume", tenant(), backfill));
    }

    @Command(description = "Begins nothing more and cancels what it has begun.")
    void cancel(@Parameters(paramLabel = "BACKFILL", description = "Its id.") String backfill) {
        session().confirm("Cancel backfill " + backfill + " and the runs that it has begun?");
        post(As.EITHER, Route.of(ONE + "/cancel", tenant(), backfill));
    }
}
