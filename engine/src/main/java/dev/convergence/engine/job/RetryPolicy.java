package dev.convergence.engine.job;

import dev.convergence.engine.time.Backoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// How often and after what pause a failed job is tried again; a snapshot taken when the job is
/// made.
///
/// @param retriesMax 3 retries are 4 executions
public record RetryPolicy(int retriesMax, Backoff backoff) {

    public static final int RETRIES_DEFAULT = 3;

    public RetryPolicy {
        if (retriesMax < 0) {
            throw new IllegalArgumentException("The number of retries is not negative.");
        }
    }

    public static RetryPolicy withBase(Duration base) {
        return new RetryPolicy(
                RETRIES_DEFAULT,
                new Backoff(base, Backoff.MULTIPLIER_DEFAULT, Backoff.CAP_DEFAULT));
    }

    public RetryPolicy withRetriesMax(int max) {
        return new RetryPolicy(max, backoff);
    }

    /// With what a config says otherwise: max_retries, backoff_multiplier, max_backoff_seconds.
    public RetryPolicy changed(Map<String, Object> settings) {
        return new RetryPolicy(
                settings.get("max_retries") instanceof Number max ? max.intValue() : retriesMax,
                new Backoff(
                        backoff.base(),
                        settings.get("backoff_multiplier") instanceof Number multiplier
                                ? multiplier.doubleValue()
                                : backoff.multiplier(),
                        settings.get("max_backoff_seconds") instanceof Number seconds
                                ? Duration.ofSeconds(seconds.longValue())
                                : backoff.cap()));
    }

    /// The pause as it is stored beside the job: what is not [Backoff#DEFAULT].
    public Map<String, Object> backoffFacts() {
        Map<String, Object> facts = new TreeMap<>();
        if (!backoff.base().equals(Backoff.BASE_DEFAULT)) {
            facts.put("base_ms", backoff.base().toMillis());
        }
        if (backoff.multiplier() != Backoff.MULTIPLIER_DEFAULT) {
            facts.put("multiplier", BigDecimal.valueOf(backoff.multiplier()));
        }
        if (!backoff.cap().equals(Backoff.CAP_DEFAULT)) {
            facts.put("cap_ms", backoff.cap().toMillis());
        }
        return facts;
    }

    public static RetryPolicy of(int retriesMax, Map<String, Object> facts) {
        return new RetryPolicy(
                retriesMax,
                new Backoff(
                        Duration.ofMillis(
                                number(facts, "base_ms", Backoff.BASE_DEFAULT.toMillis())),
                        facts.get("multiplier") instanceof Number multiplier
                                ? multiplier.doubleValue()
                                : Backoff.MULTIPLIER_DEFAULT,
                        Duration.ofMillis(
                                number(facts, "cap_ms", Backoff.CAP_DEFAULT.toMillis()))));
    }

    private static long number(Map<String, Object> facts, String name, long otherwise) {
        return facts.get(name) instanceof Number number ? number.longValue() : otherwise;
    }
}
