package dev.convergence.service.trace;

import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;

/// A span for each step, below its run's.
public record TracedStep(Step step, Traces traces) implements Step {

    @Override
    public String type() {
        return step.type();
    }

    @Override
    public StepOutcome run(StepContext context) throws Exception {
        Span span =
                traces.tracer()
                        .spanBuilder("step " + context.stepId())
                        .setParent(TracedHandler.of(context))
                        .setAttribute("convergence.step_type", step.type())
                        .startSpan();
        try (Scope _ = span.makeCurrent()) {
            StepOutcome outcome = step.run(context);
            if (outcome instanceof StepOutcome.Failed) {
                span.setStatus(StatusCode.ERROR);
            }
            return outcome;
        } catch (Exception failure) {
            span.setStatus(StatusCode.ERROR);
            throw failure;
        } finally {
            span.end();
        }
    }
}
