package dev.convergence.engine.step;

import java.util.List;
import java.util.Map;

/// How a step ended.
public sealed interface StepOutcome {

    /// The work is done.
    ///
    /// @param rows what was counted: rows read, written, bytes read
    /// @param checks quality results, one for each rule and table; empty for steps that check
    ///   nothing
    /// @param facts further facts for people (files read, checksums); stored as JSON, shown over
    ///   HTTP
    record Done(StepRows rows, List<QualityCheck> checks, Map<String, Object> facts)
            implements StepOutcome {

        public Done {
            checks = List.copyOf(checks);
            facts = Map.copyOf(facts);
        }

        public static Done of(StepRows rows, Map<String, Object> facts) {
            return new Done(rows, List.of(), facts);
        }
    }

    /// There was nothing to do, and that is fine.
    record Skipped(String reason) implements StepOutcome {}

    /// The work failed.
    ///
    /// @param message for the tenant: what failed, why, what to do; no secret, no SQL, no path
    ///   outside the landing zone
    /// @param retryable false when trying again cannot help (bad input, refused access)
    /// @param checks quality results that were found before, or as, the cause of the failure
    /// @param facts further facts for people, as those of [Done]
    record Failed(
            String message, boolean retryable, List<QualityCheck> checks, Map<String, Object> facts)
            implements StepOutcome {

        public Failed {
            checks = List.copyOf(checks);
            facts = Map.copyOf(facts);
        }

        public Failed(String message, boolean retryable, List<QualityCheck> checks) {
            this(message, retryable, checks, Map.of());
        }

        public static Failed permanently(String message) {
            return new Failed(message, false, List.of());
        }

        public static Failed transiently(String message) {
            return new Failed(message, true, List.of());
        }
    }
}
