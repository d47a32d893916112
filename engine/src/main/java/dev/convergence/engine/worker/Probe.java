package dev.convergence.engine.worker;

import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Work that does nothing but what it is told: for tests and for operators' smoke checks.
///
/// @param durationMillis how long it lasts; it notices a cancellation at once
/// @param ending what it ends as, once the first `failTimes` attempts of its chain have failed
/// @param echo comes back as an artifact
public record Probe(
        long durationMillis,
        Ending ending,
        int failTimes,
        String error,
        @Nullable Integer exitCode,
        @Nullable Object echo) {

    public enum Ending {
        COMPLETED,
        FAILED,
        SKIPPED
    }

    public static Probe of(Map<String, Object> params) {
        return new Probe(
                number(params, "duration_ms", 0).longValue(),
                Ending.valueOf(
                        String.valueOf(params.getOrDefault("outcome", Ending.COMPLETED))
                                .toUpperCase(Locale.ROOT)),
                number(params, "fail_times", 0).intValue(),
                String.valueOf(
                        params.getOrDefault("error", "The probe failed, as it was told to.")),
                params.get("exit_code") == null ? null : number(params, "exit_code", 0).intValue(),
                params.get("echo"));
    }

    private static BigDecimal number(Map<String, Object> params, String name, int otherwise) {
        Object value = params.get(name);
        return value == null ? BigDecimal.valueOf(otherwise) : new BigDecimal(value.toString());
    }

    /// @param attempt 0 for the original
    public Ending endingOf(int attempt) {
        return attempt < failTimes ? Ending.FAILED : ending;
    }

    /// 0 for a success that was not told another code; a code told to a chain that fails first is
    /// that of its failures.
    public int exitCodeOfSuccess() {
        return exitCode == null || failTimes > 0 ? 0 : exitCode;
    }

    /// Lasts as long as it was told, or until it is cancelled.
    public void last(Cancellation cancellation) throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (Cancellation.Registration _ = cancellation.onRequest(cancelled::countDown)) {
            if (cancelled.await(durationMillis, TimeUnit.MILLISECONDS)) {
                throw new CancelledException("The probe was cancelled.");
            }
        }
        cancellation.check();
    }

    public Map<String, Object> artifacts() {
        return echo == null ? Map.of() : Map.of("echo", echo);
    }
}
