package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Limits as the command line gives them.
final class Limits {

    @Option(names = "--daily", paramLabel = "N", description = "Runs a day.")
    private @Nullable Integer daily;

    @Option(names = "--monthly", paramLabel = "N", description = "Runs a month.")
    private @Nullable Integer monthly;

    @Option(names = "--concurrent", paramLabel = "N", description = "Runs at once.")
    private @Nullable Integer concurrent;

    Body body() {
        return new Body()
                .with("daily_limit", daily)
                .with("monthly_limit", monthly)
                .with("concurrent_limit", concurrent);
    }
}
