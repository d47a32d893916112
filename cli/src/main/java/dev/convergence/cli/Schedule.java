package dev.convergence.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is said of a pipeline on the command line.
final class Schedule {

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Its name, for people and for apply.")
    private @Nullable String name;

    @Option(
            names = "--cron",
            paramLabel = "CRON",
            description = "Five fields, quoted, or @daily and its siblings.")
    private @Nullable String cron;

    @Option(
            names = {"--timezone", "--tz"},
            paramLabel = "ZONE",
            description = "An IANA name (default: UTC).")
    private @Nullable String timezone;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter of each run.")
    private @Nullable Map<String, String> parameters;

    @Option(
            names = "--priority",
            paramLabel = "N",
            description = "1 to 10, higher is sooner (default: 5).")
    private @Nullable Integer priority;

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private @Nullable String description;

    Body body() {
        return new Body()
                .with("pipeline_name", name)
                .with("schedule_cron", cron)
                .with("timezone", timezone)
                .with("priority", priority)
                .with("description", description)
                .with("parameters", parameters == null ? null : Values.parameters(parameters));
    }
}
