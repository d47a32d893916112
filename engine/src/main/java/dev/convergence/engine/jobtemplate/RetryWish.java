package dev.convergence.engine.jobtemplate;

import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.time.Backoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How somebody wants failed jobs tried again; what is left out is as the installation has it.
///
/// @param attemptsMax how many retries follow the original at most: 3 are 4 executions
/// @param baseSeconds the pause before the first retry; each further one is twice as long
public record RetryWish(int attemptsMax, @Nullable Integer baseSeconds) {

    public static final RetryWish DEFAULT = new RetryWish(RetryPolicy.RETRIES_DEFAULT, null);

    private static final int ATTEMPTS_MAX = 10;
    private static final int BASE_MAX = 86_400;
    private static final Set<String> FIELDS = Set.of("max_attempts", "base_seconds");

    /// Reads `{max_attempts, base_seconds}`.
    public static RetryWish of(@Nullable Map<String, Object> policy, FieldFaults faults) {
        if (policy == null) {
            return DEFAULT;
        }
        for (String field : policy.keySet()) {
            if (!FIELDS.contains(field)) {
                faults.add(
                        "retry_policy." + field,
                        "UNKNOWN_FIELD",
                        "is not part of a retry policy; known are max_attempts and base_seconds.");
            }
        }
        Integer attempts = number(policy, "max_attempts", ATTEMPTS_MAX, faults);
        return new RetryWish(
                attempts == null ? RetryPolicy.RETRIES_DEFAULT : attempts,
                number(policy, "base_seconds", BASE_MAX, faults));
    }

    private static @Nullable Integer number(
            Map<String, Object> policy, String field, int max, FieldFaults faults) {
        Object value = policy.get(field);
        if (value == null) {
            return null;
        }
        try {
            int number = new BigDecimal(value.toString()).intValueExact();
            if (value instanceof Number && number >= 0 && number <= max) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException wrong) {
            // The sentence below says what is expected.
        }
        faults.add("retry_policy." + field, "OUT_OF_RANGE", "is a whole number, 0 to " + max + ".");
        return null;
    }

    /// The policy that a job keeps for its life.
    public RetryPolicy policy(RetryPolicy otherwise) {
        Backoff usual = otherwise.backoff();
        Backoff backoff =
                baseSeconds == null
                        ? usual
                        : new Backoff(
                                Duration.ofSeconds(baseSeconds), usual.multiplier(), usual.cap());
        return new RetryPolicy(attemptsMax, backoff);
    }

    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("max_attempts", attemptsMax);
        if (baseSeconds != null) {
            facts.put("base_seconds", baseSeconds);
        }
        return facts;
    }
}
