package dev.convergence.service.trace;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// A span for each attempt of a job, with a link to the call that made the job.
///
/// A link and not a parent: the call is over long before, and an attempt may be the third.
public final class TracedHandler implements JobHandler {

    private static final Map<RunId, Context> RUNNING = new ConcurrentHashMap<>();

    private final JobHandler handler;
    private final Traces traces;
    private final TraceParents parents;

    public TracedHandler(JobHandler handler, Traces traces, TraceParents parents) {
        this.handler = handler;
        this.traces = traces;
        this.parents = parents;
    }

    @Override
    public String type() {
        return handler.type();
    }

    @Override
    public @Nullable String pool(Map<String, Object> params) {
        return handler.pool(params);
    }

    @Override
    public Outcome handle(Execution execution) throws Exception {
        Job job = execution.job();
        RunId run = job.id().run();
        Span span =
                traces.tracer()
                        .spanBuilder("run " + what(job))
                        .setNoParent()
                        .setAttribute("convergence.tenant_id", job.tenant().value())
                        .setAttribute("convergence.run_id", run.toString())
                        .setAttribute("convergence.attempt", job.attempt() + 1)
                        .startSpan();
        RUNNING.put(run, Context.root().with(span));
        try (Scope _ = span.makeCurrent();
                MDC.MDCCloseable _ =
                        MDC.putCloseable(
                                TraceFilter.TRACE_ID, span.getSpanContext().getTraceId())) {
            Outcome outcome = handler.handle(execution);
            tell(span, outcome);
            return outcome;
        } catch (Exception failure) {
            span.setStatus(StatusCode.ERROR);
            throw failure;
        } finally {
            RUNNING.remove(run);
            // At the end: a call is written down when its answer is, and work may begin before.
            parents.of(job.root()).ifPresent(span::addLink);
            span.end();
        }
    }

    private static String what(Job job) {
        return Objects.requireNonNullElse(job.origin().pipelineId(), job.type());
    }

    private static void tell(Span span, Outcome outcome) {
        span.setAttribute(
                "convergence.state", outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT));
        if (outcome instanceof Outcome.Failed failed) {
            span.setStatus(StatusCode.ERROR, failed.code());
        }
    }

    /// The span of a step's run; an own trace where there is none.
    static Context of(StepContext step) {
        return RUNNING.getOrDefault(step.run(), Context.root());
    }
}
