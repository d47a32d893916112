package dev.convergence.service.trace;

import dev.convergence.service.http.RequestId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// A span for each call of the interface, below the caller's own when it sends a `traceparent`.
public final class TraceFilter extends OncePerRequestFilter {

    static final String TRACE_ID = "trace_id";

    private static final String API = "/api/";
    private static final int OUR_FAULT = 500;

    private static final TextMapGetter<HttpServletRequest> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(HttpServletRequest request) {
                    return Collections.list(request.getHeaderNames());
                }

                @Override
                public @Nullable String get(@Nullable HttpServletRequest request, String name) {
                    return request == null ? null : request.getHeader(name);
                }
            };

    private final Traces traces;

    public TraceFilter(Traces traces) {
        this.traces = traces;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !traces.isOn() || !request.getRequestURI().startsWith(API);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Context parent =
                traces.api()
                        .getPropagators()
                        .getTextMapPropagator()
                        .extract(Context.root(), request, HEADERS);
        Span span =
                traces.tracer()
                        .spanBuilder(request.getMethod())
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("http.request.method", request.getMethod())
                        .setAttribute("url.path", request.getRequestURI())
                        .setAttribute("convergence.request_id", RequestId.of(request))
                        .startSpan();
        try (Scope _ = span.makeCurrent();
                MDC.MDCCloseable _ =
                        MDC.putCloseable(TRACE_ID, span.getSpanContext().getTraceId())) {
            chain.doFilter(request, response);
        } finally {
            end(span, request, response);
        }
    }

    private static void end(Span span, HttpServletRequest request, HttpServletResponse response) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null) {
            span.updateName(request.getMethod() + " " + route);
            span.setAttribute("http.route", route.toString());
        }
        span.setAttribute("http.response.status_code", response.getStatus());
        if (response.getStatus() >= OUR_FAULT) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }
}
