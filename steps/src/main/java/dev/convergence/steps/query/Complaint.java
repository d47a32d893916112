package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/// DuckDB's complaint as a refusal: its first sentence, without where the file lies.
final class Complaint {

    private static final List<String> BUSY = List.of("could not set lock", "conflicting lock");
    private static final String MEMORY = "out of memory";
    private static final int LENGTH_MAX = 500;

    private Complaint() {}

    static EngineException of(SQLException e, Path file) {
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains(MEMORY)) {
            return memory();
        }
        if (busy(e)) {
            return new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE, "The data set is being written; try again.");
        }
        if (lower.contains("internal error") || lower.contains("fatal error")) {
            return new EngineException(
                    ErrorCode.INVALID_QUERY,
                    "DuckDB cannot answer this query; write it in another way.",
                    e);
        }
        return new EngineException(ErrorCode.INVALID_QUERY, clean(message, file), e);
    }

    /// Another process, such as another node's load, holds the file.
    static boolean busy(SQLException e) {
        String lower = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return BUSY.stream().anyMatch(lower::contains);
    }

    static EngineException time(long millis) {
        return new EngineException(
                ErrorCode.QUERY_TIMEOUT,
                "The query was stopped after %s s; ask for less at once."
                        .formatted(millis / 1000.0));
    }

    static EngineException memory() {
        return new EngineException(
                ErrorCode.QUERY_TIMEOUT,
                "The query needs more memory than a query may use; ask for less at once.");
    }

    private static String clean(String message, Path file) {
        String first =
                message.split("\n\nLINE|\nLINE", 2)[0]
                        .replace('\n', ' ')
                        .replace(file.toString(), "the data set")
                        .strip();
        return first.length() > LENGTH_MAX ? first.substring(0, LENGTH_MAX) + "…" : first;
    }
}
