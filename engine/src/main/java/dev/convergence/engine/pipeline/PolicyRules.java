package dev.convergence.engine.pipeline;

import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.time.DstGap;
import dev.convergence.engine.time.DstOverlap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks what a caller wants of a schedule's policy; all faulty fields are told at once, and a
/// setting that would have no effect is one of them.
final class PolicyRules {

    private static final String POLICY = "schedule_policy.";
    private static final int MISSED_RUNS_MAX = 100;
    private static final int RUNS_MAX = 1_000_000_000;
    private static final int FAILURES_MAX = 1_000;
    private static final Duration WINDOW_MAX = Duration.ofDays(1);
    private static final Duration DEADLINE_MAX = Duration.ofDays(366);
    private static final Instant LATEST_END = Instant.parse("2101-01-01T00:00:00Z");

    private static final Set<String> NAMES =
            Set.of(
                    "dst_gap",
                    "dst_overlap",
                    "missed_runs",
                    "missed_runs_max",
                    "start_deadline",
                    "overlap",
                    "window",
                    "end_at",
                    "max_runs",
                    "pause_after_failures");

    private final Map<String, Object> given;
    private final FieldFaults faults = new FieldFaults();
    private final Instant now;

    private PolicyRules(Map<String, Object> before, Instant now) {
        given = new TreeMap<>(before);
        this.now = now;
    }

    /// What was given before, with what is asked for now; null takes a setting back to its default.
    ///
    /// @param firedRuns how many instants have fired already
    static Map<String, Object> merged(
            Map<String, Object> before,
            Map<String, @Nullable Object> asked,
            int firedRuns,
            Instant now) {
        PolicyRules rules = new PolicyRules(before, now);
        asked.forEach(rules::take);
        rules.refuseWithoutEffect(asked, firedRuns);
        rules.faults.refuseIfAny();
        return rules.given;
    }

    private void take(String name, @Nullable Object value) {
        if (!NAMES.contains(name)) {
            fault(
                    name,
                    "UNKNOWN_FIELD",
                    "is no schedule policy; known are " + new TreeSet<>(NAMES) + ".");
        } else if (value == null) {
            given.remove(name);
        } else {
            set(name, value);
        }
    }

    private void set(String name, Object value) {
        switch (name) {
            case "dst_gap" -> word(name, value, DstGap.class);
            case "dst_overlap" -> word(name, value, DstOverlap.class);
            case "missed_runs" -> word(name, value, MissedRuns.class);
            case "overlap" -> word(name, value, Overlap.class);
            case "missed_runs_max" -> number(name, value, MISSED_RUNS_MAX);
            case "max_runs" -> number(name, value, RUNS_MAX);
            case "pause_after_failures" -> number(name, value, FAILURES_MAX);
            case "window" -> duration(name, value, WINDOW_MAX);
            case "start_deadline" -> duration(name, value, DEADLINE_MAX);
            default -> end(name, value);
        }
    }

    private <E extends Enum<E>> void word(String name, Object value, Class<E> words) {
        E word = faults.word(POLICY + name, String.valueOf(value), words);
        if (word != null) {
            given.put(name, word.name());
        } else if (String.valueOf(value).isBlank()) {
            fault(name, "UNKNOWN_VALUE", "is empty; leave it out, or give null for the default.");
        }
    }

    private void number(String name, Object value, int max) {
        if (value instanceof Integer number && number >= 1 && number <= max) {
            given.put(name, number);
        } else {
            fault(name, "OUT_OF_RANGE", "is a whole number from 1 to " + max + ".");
        }
    }

    private void duration(String name, Object value, Duration max) {
        try {
            Duration duration = Duration.parse(String.valueOf(value));
            if (duration.toSeconds() >= 1
                    && duration.getNano() == 0
                    && duration.compareTo(max) <= 0) {
                given.put(name, duration.toString());
                return;
            }
        } catch (DateTimeException | ArithmeticException wrong) {
            // The sentence below says what is expected.
        }
        fault(
                name,
                "OUT_OF_RANGE",
                "is an ISO duration such as PT30M, from PT1S to " + max + ", whole seconds.");
    }

    private void end(String name, Object value) {
        try {
            Instant end = OffsetDateTime.parse(String.valueOf(value)).toInstant();
            if (end.isAfter(now) && end.isBefore(LATEST_END)) {
                given.put(name, end.toString());
                return;
            }
        } catch (DateTimeException wrong) {
            // The sentence below says what is expected.
        }
        fault(
                name,
                "INVALID_VALUE",
                "is a time to come such as 2030-01-01T00:00:00Z, up to the year 2100.");
    }

    private void refuseWithoutEffect(Map<String, @Nullable Object> asked, int firedRuns) {
        boolean all = MissedRuns.ALL.name().equals(given.get("missed_runs"));
        if (given.containsKey("missed_runs_max") && !all) {
            fault(
                    "missed_runs_max",
                    "NO_EFFECT",
                    "has an effect with missed_runs ALL only; set it to null.");
        }
        if (all && Overlap.CANCEL_RUNNING.name().equals(given.get("overlap"))) {
            fault(
                    "missed_runs",
                    "NO_EFFECT",
                    "ALL has no effect with overlap CANCEL_RUNNING: each run would be cancelled by the next.");
        }
        if (asked.get("max_runs") instanceof Integer max && max <= firedRuns) {
            fault(
                    "max_runs",
                    "OUT_OF_RANGE",
                    "has been reached already: the config has fired " + firedRuns + " times.");
        }
    }

    private void fault(String name, String code, String detail) {
        faults.add(POLICY + name, code, detail);
    }
}
