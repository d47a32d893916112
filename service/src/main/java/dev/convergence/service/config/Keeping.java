package dev.convergence.service.config;

/// How many days history is kept.
///
/// @param logs steps, quality results and log lines of runs
/// @param slots what became of the instants at which a config was due
/// @param audit who wrote what
public record Keeping(int runs, int logs, int slots, int audit) {

    static Keeping read(GivenValues given) {
        return new Keeping(
                given.readOr(Variable.CONVERGENCE_RETENTION_RUNS, Values::days, 1),
                given.readOr(Variable.CONVERGENCE_RETENTION_LOGS, Values::days, 1),
                given.readOr(Variable.CONVERGENCE_RETENTION_SLOTS, Values::days, 1),
                given.readOr(Variable.CONVERGENCE_RETENTION_AUDIT, Values::days, 1));
    }
}
