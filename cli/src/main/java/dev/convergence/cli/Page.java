package dev.convergence.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of a list is asked for.
final class Page {

    @Option(names = "--limit", defaultValue = "50", description = "at most so many (default: 50)")
    private int limit;

    @Option(names = "--cursor", description = "goes on where the last list ended")
    private @Nullable String cursor;

    String query() {
        String from = cursor == null ? "" : "&cursor=" + Connection.encoded(cursor);
        return "?limit=" + limit + from;
    }
}
