package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The days that are asked for, both ends included; an end that is left out is open.
final class Days {

    @Option(names = "--from", paramLabel = "DAY", description = "The first day.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "The last day.")
    private @Nullable String to;

    Query query() {
        return new Query().with("start_date", from).with("end_date", to);
    }

    Page in(Page page) {
        return page.with("start_date", from).with("end_date", to);
    }
}
