package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Cron expressions, before anything is scheduled by them.
@Command(name = "schedule", description = "Says what a cron expression means.")
final class ScheduleCommand {

    @Command(description = "Shows the next due instants; days are marked on which clocks change.")
    void explain(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "CRON", description = "five fields, quoted") String cron,
            @Option(
                            names = {"--timezone", "--tz"},
                            defaultValue = "UTC",
                            description = "IANA name (default: UTC)")
                    String timezone,
            @Option(names = "--count", defaultValue = "5", description = "how many (default: 5)")
                    int count,
            @Option(names = "--from", description = "after a time or day (default: now)")
                    @Nullable String from) {
        String path =
                "/scheduler/explain?cron="
                        + Connection.encoded(cron)
                        + "&timezone="
                        + Connection.encoded(timezone)
                        + "&count="
                        + count
                        + (from == null ? "" : "&from=" + Connection.encoded(from));
        output.list(connection.get(As.TENANT, path), "next", "at", "local_time", "dst", "note");
    }
}
