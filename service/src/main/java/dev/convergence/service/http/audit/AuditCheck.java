package dev.convergence.service.http.audit;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.trail.Beginning;
import dev.convergence.engine.trail.Ending;
import dev.convergence.engine.trail.Trail;
import dev.convergence.service.http.ActingFor;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.RequestId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.springframework.web.util.WebUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes every write down before it happens, and how it ended afterwards.
///
/// Runs behind authentication: who has no good key writes nothing, and fills no log. What cannot be
/// written down is refused; what was, and whose end cannot be, stays there without an end, and the
/// log of the server has the rest.
public final class AuditCheck implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(AuditCheck.class);
    private static final String ATTRIBUTE = "convergence.audit";
    private static final int PATH_CHARACTERS_MAX = 1_000;

    private final Trail trail;
    private final BeforeImage images;
    private final Masked masked;
    private final InstantSource clock;
    private final Counter lost;
    private final Consumer<String> made;

    public AuditCheck(
            Trail trail,
            Supplier<RequestMappingHandlerMapping> routes,
            Supplier<RequestMappingHandlerAdapter> calls,
            JsonMapper json,
            InstantSource clock,
            MeterRegistry registry,
            Consumer<String> made) {
        this.made = made;
        this.trail = trail;
        this.images = new BeforeImage(routes, calls);
        this.masked = new Masked(json);
        this.clock = clock;
        lost = registry.counter("audit_unended");
    }

    /// What is known of a write while it goes on.
    private static final class Write {

        private final UUID id;
        private final Act act;
        private byte[] before = {};

        private Write(UUID id, Act act) {
            this.id = id;
            this.act = act;
        }
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        boolean isWrite = Act.isWrite(request.getMethod(), request.getRequestURI());
        if (isWrite && pattern != null && pattern.toString().startsWith("/api/v1/")) {
            begin(request, pattern.toString());
        }
        return true;
    }

    private void begin(HttpServletRequest request, String pattern) {
        Map<String, String> variables = variables(request);
        String path = request.getRequestURI();
        Write write =
                new Write(
                        TimeOrderedId.next(clock.instant()),
                        Act.of(request.getMethod(), pattern, path, variables));
        Caller caller = Callers.of(request);
        try {
            trail.begin(
                    new Beginning(
                            write.id,
                            tenant(caller, variables),
                            actor(caller),
                            caller.userId(),
                            write.act.action(),
                            write.act.resource(),
                            write.act.resourceId(),
                            request.getMethod(),
                            path.substring(0, Math.min(path.length(), PATH_CHARACTERS_MAX)),
                            RequestId.of(request)));
        } catch (RuntimeException unwritten) {
            LOG.error("A write could not be written down, and is refused", unwritten);
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The audit log cannot be written right now, so nothing was done: try again in a"
                            + " few seconds.");
        }
        request.setAttribute(ATTRIBUTE, write);
    }

    private static Map<String, String> variables(HttpServletRequest request) {
        Map<String, String> variables = new HashMap<>();
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> found) {
            found.forEach((name, value) -> variables.put(name.toString(), String.valueOf(value)));
        }
        return variables;
    }

    private static @Nullable TenantId tenant(Caller caller, Map<String, String> variables) {
        if (caller instanceof Caller.Tenant own) {
            return own.tenant();
        }
        String named = variables.getOrDefault("tenant_id", variables.get("customer_id"));
        return named == null ? null : new TenantId(named);
    }

    private static String actor(Caller caller) {
        return switch (caller) {
            case Caller.Tenant tenant when ActingFor.isBehind(tenant) -> "admin";
            case Caller.Tenant tenant -> "key:" + tenant.apiKeyId();
            case Caller.Operator _ -> "admin";
            case Caller.Anyone _ -> "anyone";
        };
    }

    /// What reads the thing as it was, once it is known that the caller may write it.
    public HandlerInterceptor beforeImage() {
        return new HandlerInterceptor() {
            @Override
            public boolean preHandle(
                    HttpServletRequest request, HttpServletResponse response, Object handler) {
                if (request.getAttribute(ATTRIBUTE) instanceof Write write) {
                    String path = write.act.beforePath();
                    write.before = path == null ? write.before : images.of(request, response, path);
                }
                return true;
            }
        };
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception failure) {
        if (request.getAttribute(ATTRIBUTE) instanceof Write write) {
            try {
                Ending ending = ending(write, response);
                if (ending.resourceId() != null) {
                    made.accept(ending.resourceId());
                }
                trail.end(ending);
            } catch (RuntimeException unwritten) {
                lost.increment();
                LOG.error("How the write {} ended could not be written down", write.id, unwritten);
            }
        }
    }

    private Ending ending(Write write, HttpServletResponse response) {
        ContentCachingResponseWrapper kept =
                WebUtils.getNativeResponse(response, ContentCachingResponseWrapper.class);
        byte[] body = kept == null ? new byte[0] : kept.getContentAsByteArray();
        int status = response.getStatus();
        boolean isDone = status / 100 == 2;
        JsonNode answer = masked.tree(body);
        return new Ending(
                write.id,
                isDone ? text(answer, "tenant_id") : null,
                isDone ? made(answer) : null,
                outcome(status, response.getHeader("Idempotency-Replayed") != null),
                status,
                isDone ? null : text(answer, "code"),
                masked.of(write.before),
                isDone ? masked.of(body) : null,
                clock.instant());
    }

    private static Ending.Outcome outcome(int status, boolean isReplayed) {
        if (isReplayed) {
            return Ending.Outcome.REPLAYED;
        }
        return switch (status / 100) {
            case 2 -> Ending.Outcome.DONE;
            case 4 -> Ending.Outcome.REFUSED;
            default -> Ending.Outcome.FAILED;
        };
    }

    private static @Nullable String text(JsonNode answer, String field) {
        return answer.path(field).isString() ? answer.path(field).asString() : null;
    }

    /// The id of what was made: the first one in its answer that is not its tenant's.
    private static @Nullable String made(JsonNode answer) {
        for (String name : answer.propertyNames().stream().toList()) {
            boolean isTenant = name.equals("tenant_id") || name.equals("customer_id");
            if (name.endsWith("_id") && !isTenant && answer.path(name).isString()) {
                return answer.path(name).asString();
            }
        }
        return text(answer, "tenant_id");
    }
}
