package dev.convergence.steps.intake;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.StepContext;

/// What is asked before each buffer that a step brings in: is the work still wanted, and is there
/// room left. All steps of a run draw on one budget: a small packed file can hold a whole disk.
public record Intake(Cancellation cancellation, ByteBudget budget) {

    private static final long BYTES_MAX = 16L << 30;

    public static Intake of(StepContext context) {
        return new Intake(
                context.cancellation(),
                context.workspace()
                        .shared("byte-budget", ByteBudget.class, () -> new ByteBudget(BYTES_MAX)));
    }

    /// @throws EngineException INVALID_PARAMETER when the run's budget is used up
    /// @throws dev.convergence.engine.step.CancelledException when the work is no longer wanted
    public void take(long bytes) {
        cancellation.check();
        budget.take(bytes);
    }
}
