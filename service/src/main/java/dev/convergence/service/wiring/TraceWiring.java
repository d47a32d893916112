package dev.convergence.service.wiring;

import dev.convergence.engine.sql.Database;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.worker.JobHandler;
import dev.convergence.service.config.Settings;
import dev.convergence.service.trace.TraceFilter;
import dev.convergence.service.trace.TraceParents;
import dev.convergence.service.trace.TracedHandler;
import dev.convergence.service.trace.TracedStep;
import dev.convergence.service.trace.Traces;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Traces, where an operator asks for them.
@Configuration(proxyBeanMethods = false)
public class TraceWiring {

    /// Right inside the frame, which names the request.
    private static final int BEHIND_FRAME = 5;

    @Bean(destroyMethod = "close")
    Traces traces(Settings settings) {
        return Traces.of(settings.otel());
    }

    @Bean
    TraceParents traceParents(Database database, InstantSource clock) {
        return new TraceParents(database, clock);
    }

    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(Traces traces) {
        FilterRegistrationBean<TraceFilter> registration =
                new FilterRegistrationBean<>(new TraceFilter(traces));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + BEHIND_FRAME);
        registration.setEnabled(traces.isOn());
        return registration;
    }

    static List<JobHandler> traced(List<JobHandler> handlers, Traces traces, TraceParents parents) {
        return traces.isOn()
                ? handlers.stream()
                        .<JobHandler>map(handler -> new TracedHandler(handler, traces, parents))
                        .toList()
                : handlers;
    }

    static List<Step> traced(List<Step> steps, Traces traces) {
        return traces.isOn()
                ? steps.stream().<Step>map(step -> new TracedStep(step, traces)).toList()
                : steps;
    }
}
