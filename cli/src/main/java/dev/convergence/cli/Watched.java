package dev.convergence.cli;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Something that is looked at until it has ended.
///
/// @param path where its state is
/// @param log where its log is
/// @param steps where its steps are, or null for what has none
record Watched(As who, String path, String log, @Nullable String steps) {

    private static final Set<String> ENDS = Set.of("COMPLETED", "FAILED", "SKIPPED", "CANCELLED");

    /// A run of a job has no status while it runs.
    static String state(JsonNode seen) {
        return seen.path("state").asString(seen.path("status").asString("RUNNING"));
    }

    static boolean isOver(JsonNode seen) {
        return ENDS.contains(state(seen));
    }

    static boolean isGood(JsonNode seen) {
        return state(seen).equals("COMPLETED");
    }
}
