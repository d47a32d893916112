package dev.convergence.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which part of a list is asked for.
final class Page {

    private static final int MOST = 200;

    @Option(
            names = "--limit",
            defaultValue = "50",
            paramLabel = "N",
            description = "At most so many, up to 200 (default: 50).")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "CURSOR",
            description = "Goes on where the last list ended.")
    private @Nullable String cursor;

    @Option(names = "--all", description = "Goes on to the end of the list.")
    private boolean all;

    private final Map<String, Object> filters = new LinkedHashMap<>();

    static Page whole() {
        Page page = new Page();
        page.all = true;
        return page;
    }

    /// Keeps only what has this value; null keeps everything.
    Page with(String name, @Nullable Object value) {
        if (value != null) {
            filters.put(name, value);
        }
        return this;
    }

    boolean isAll() {
        return all;
    }

    /// @param next where to go on, or null for where this list begins
    Query query(@Nullable String next) {
        Query query =
                new Query()
                        .with("limit", all ? MOST : limit)
                        .with("cursor", next == null ? cursor : next);
        filters.forEach(query::with);
        return query;
    }
}
