package dev.convergence.engine.queue;

import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.time.Backoff;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Retry policies as they are stored beside jobs: few different ones, read and written for each job
/// again, so each is parsed and printed once.
final class PolicyTexts {

    /// Enough for any real installation; beyond it, what was kept is dropped and begins anew.
    private static final int KEPT_MAX = 1_000;

    private static final Map<RetryPolicy, String> TEXTS = new ConcurrentHashMap<>();
    private static final Map<Stored, RetryPolicy> POLICIES = new ConcurrentHashMap<>();

    private record Stored(int retriesMax, String backoff) {}

    private PolicyTexts() {}

    /// @return null for the usual pauses: most jobs have them, and to parse them costs more than a
    ///   row of the table
    static @Nullable String text(RetryPolicy policy) {
        if (policy.backoff().equals(Backoff.DEFAULT)) {
            return null;
        }
        String known = TEXTS.get(policy);
        if (known != null) {
            return known;
        }
        String text = Json.write(policy.backoffFacts());
        keep(TEXTS, policy, text);
        return text;
    }

    static RetryPolicy policy(int retriesMax, String backoff) {
        Stored stored = new Stored(retriesMax, backoff);
        RetryPolicy known = POLICIES.get(stored);
        if (known != null) {
            return known;
        }
        RetryPolicy policy = RetryPolicy.of(retriesMax, Json.object(backoff));
        keep(POLICIES, stored, policy);
        return policy;
    }

    private static <K, V> void keep(Map<K, V> kept, K key, V value) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        kept.put(key, value);
    }
}
