package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Runs of a config for past days.
@Command(name = "backfill", description = "Runs a config for past days, behind scheduled work.")
final class BackfillCommand {

    @Command(description = "Asks for one, or with --dry-run shows what it would do.")
    void create(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "CONFIG", description = "the config's id") String config,
            @Option(names = "--from", required = true, description = "first day, YYYY-MM-DD")
                    String from,
            @Option(names = "--to", required = true, description = "last day, included") String to,
            @Option(names = "--mode", description = "missing (default), failed or all")
                    @Nullable String mode,
            @Option(names = "--order", description = "oldest_first (default) or newest_first")
                    @Nullable String order,
            @Option(names = "--max-concurrent", description = "how many at once (default: 1)")
                    @Nullable Integer concurrentMax,
            @Option(
                            names = "--days-back",
                            description =
                                    "load the day so many days before each instant (default: 0)")
                    @Nullable Integer daysBack,
            @Option(names = "--dry-run", description = "lists the instants and changes nothing")
                    boolean dryRun) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("config_id", config);
        body.put("start_date", from);
        body.put("end_date", to);
        body.put("dry_run", dryRun);
        put(body, "mode", mode);
        put(body, "order", order);
        put(body, "max_concurrent", concurrentMax);
        put(body, "days_back", daysBack);
        var answer = connection.post(As.TENANT, path(owner.of(connection)), body);
        if (dryRun) {
            output.list(
                    answer.path("plan"),
                    "instants",
                    "scheduled_time",
                    "date",
                    "outcome",
                    "last_state",
                    "is_wanted",
                    "left_out");
        } else {
            output.one(answer);
        }
    }

    private static void put(Map<String, Object> body, String name, @Nullable Object value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    @Command(description = "Lists them, the newest first.")
    void list(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, path(owner.of(connection)) + page.query()),
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
    void show(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "BACKFILL", description = "its id") String backfill) {
        output.one(connection.get(As.TENANT, path(owner.of(connection), backfill)));
    }

    @Command(description = "Begins nothing more until it is resumed.")
    void pause(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "BACKFILL", description = "its id") String backfill) {
        output.one(
                connection.post(As.TENANT, path(owner.of(connection), backfill) + "/pause", null));
    }

    @Command(description = "Goes on with a paused one.")
    void resume(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "BACKFILL", description = "its id") String backfill) {
        output.one(
                connection.post(As.TENANT, path(owner.of(connection), backfill) + "/resume", null));
    }

    @Command(description = "Begins nothing more and cancels what it has begun.")
    void cancel(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Owner owner,
            @Parameters(paramLabel = "BACKFILL", description = "its id") String backfill) {
        output.one(
                connection.post(As.TENANT, path(owner.of(connection), backfill) + "/cancel", null));
    }

    private static String path(String tenant) {
        return "/tenants/" + tenant + "/backfills";
    }

    private static String path(String tenant, String backfill) {
        return path(tenant) + "/" + Connection.encoded(backfill);
    }
}
