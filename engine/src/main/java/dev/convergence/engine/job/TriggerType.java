package dev.convergence.engine.job;

/// What made a job begin.
public enum TriggerType {
    SCHEDULER,
    API,
    RETRY,
    BACKFILL;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public static TriggerType of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
