package dev.convergence.engine.flow;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCategory;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One try of a step; turns whatever is thrown into an outcome.
final class StepAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(StepAttempt.class);
    private static final Set<ErrorCategory> WORTH_A_RETRY =
            Set.of(
                    ErrorCategory.TRANSIENT,
                    ErrorCategory.EXTERNAL,
                    ErrorCategory.QUOTA,
                    ErrorCategory.INTERNAL);

    private StepAttempt() {}

    static StepOutcome run(Step step, StepContext context, JobId job) {
        try {
            context.cancellation().check();
            return step.run(context);
        } catch (CancelledException cancelled) {
            return StepOutcome.Failed.transiently(String.valueOf(cancelled.getMessage()));
        } catch (EngineException refusal) {
            String message = String.valueOf(refusal.getMessage());
            return WORTH_A_RETRY.contains(refusal.code().category())
                    ? StepOutcome.Failed.transiently(message)
                    : StepOutcome.Failed.permanently(message);
        } catch (Exception | Error failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.error("step {} of job {} failed unexpectedly", context.stepId(), job, failure);
            return StepOutcome.Failed.transiently(
                    "Unexpected "
                            + failure.getClass().getSimpleName()
                            + ". The operator's log has it under "
                            + job
                            + ".");
        }
    }
}
