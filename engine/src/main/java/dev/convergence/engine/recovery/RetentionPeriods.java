package dev.convergence.engine.recovery;

/// How many whole days history is kept, counted from when a job was asked for, or a slot was due.
///
/// @param runs jobs and how they ended
/// @param logs steps, quality results and log lines of runs
/// @param slots what became of the instants at which a config was due
/// @param audit who wrote what
public record RetentionPeriods(int runs, int logs, int slots, int audit) {

    public static final RetentionPeriods DEFAULT = new RetentionPeriods(90, 30, 400, 400);

    public RetentionPeriods {
        if (runs < 1 || logs < 1 || slots < 1 || audit < 1) {
            throw new IllegalArgumentException("History is kept for at least a day.");
        }
    }
}
