package dev.convergence.benchmark.chaos.work;

import java.util.Locale;

/// What a job is to come to, however often its node dies.
public enum Plan {
    /// It completes.
    COMPLETE,
    /// Its first attempt fails, a later one completes.
    FLAKY,
    /// Every attempt fails, until it has no retry left.
    FAIL;

    /// The error code of a failure that was planned.
    public static final String CODE = "PLANNED";

    /// The type of the jobs that go by this plan.
    public String jobType() {
        return "chaos-" + name().toLowerCase(Locale.ROOT);
    }

    public boolean failsOn(int attempt) {
        return this == FAIL || (this == FLAKY && attempt == 0);
    }
}
