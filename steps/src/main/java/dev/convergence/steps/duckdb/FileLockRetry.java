package dev.convergence.steps.duckdb;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Cancellation;
import java.time.Duration;

/// Tries again while another process holds a DuckDB file, up to a bound.
final class FileLockRetry {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String HELD_ELSEWHERE = "Could not set lock on file";
    private static final int CAUSES_MAX = 10;

    private final int triesMax;

    FileLockRetry(Duration waitMax) {
        this.triesMax = (int) Math.max(1, waitMax.dividedBy(PAUSE));
    }

    <T, X extends Exception> T call(Attempt<T, X> attempt) throws X {
        return call(attempt, Uncancelled.ALWAYS);
    }

    <T, X extends Exception> T call(Attempt<T, X> attempt, Cancellation cancellation) throws X {
        for (int tries = 1; ; tries++) {
            cancellation.check();
            try {
                return attempt.run();
            } catch (Exception failure) {
                if (!heldElsewhere(failure)) {
                    throw failure;
                }
                if (tries >= triesMax || !pause()) {
                    throw new EngineException(
                            ErrorCode.SERVICE_UNAVAILABLE,
                            "Another process uses the tenant's data set; try again in a moment.",
                            failure);
                }
            }
        }
    }

    private static boolean heldElsewhere(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (String.valueOf(cause.getMessage()).contains(HELD_ELSEWHERE)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Work that opens a tenant's file.
    interface Attempt<T, X extends Exception> {
        T run() throws X;
    }
}
