package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.tenant.AuthenticatedKey;
import dev.convergence.engine.tenant.TenantStanding;
import dev.convergence.service.http.problem.Refusal;
import dev.convergence.service.http.problem.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Finds out who calls, from the keys that the request shows and the route asks for.
///
/// A browser that has signed in shows its session instead, and is whoever the key in it is.
public final class Authentication implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
    private static final String CHALLENGE = "WWW-Authenticate";

    private final KeyAuthenticator keys;
    private final OperatorKeys operators;
    private final SessionReader sessions;
    private final ActingFor acting;
    private final InstantSource clock;

    public Authentication(
            KeyAuthenticator keys,
            OperatorKeys operators,
            SessionReader sessions,
            ActingFor acting,
            InstantSource clock) {
        this.keys = keys;
        this.operators = operators;
        this.sessions = sessions;
        this.acting = acting;
        this.clock = clock;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Access access = AccessRules.of(handler);
        if (access != null) {
            HandlerMethod method = (HandlerMethod) handler;
            Callers.remember(request, caller(access, method, request));
            Callers.rememberHow(request, () -> checkAgain(access, method, request));
        }
        return true;
    }

    /// For an answer that goes on for long: whether its caller may still have it.
    private void checkAgain(Access access, HandlerMethod method, HttpServletRequest request) {
        caller(access, method, request);
        TenantStanding standing = Callers.standing(request);
        if (standing != null) {
            Standings.require(standing, access.allowSuspended(), clock.instant());
        }
    }

    private Caller caller(Access access, HandlerMethod method, HttpServletRequest request) {
        if (access.value() == Who.ANYONE && !takesCaller(method)) {
            return anyone(request);
        }
        PresentedKeys shown = shown(request);
        return switch (access.value()) {
            case ANYONE -> whoever(shown, request);
            case TENANT ->
                    shown.tenant() == null && isForTenant(shown, request)
                            ? forTenant(shown.operator(), request)
                            : tenant(shown.tenant(), request);
            case OPERATOR -> operator(shown.operator(), request);
            case TENANT_OR_OPERATOR ->
                    isForTenant(shown, request)
                            ? forTenant(shown.operator(), request)
                            : shown.operator() == null
                                    ? tenant(shown.tenant(), request)
                                    : operator(shown.operator(), request);
        };
    }

    /// The keys in the headers, or where there are none the one in the session.
    private PresentedKeys shown(HttpServletRequest request) {
        PresentedKeys shown = PresentedKeys.of(request);
        if (!shown.isNone()) {
            return shown;
        }
        return sessions.read(request, clock.instant())
                .map(session -> {
                    OwnPage.require(request, session);
                    return PresentedKeys.of(session);
                })
                .orElse(shown);
    }

    private static boolean isForTenant(PresentedKeys shown, HttpServletRequest request) {
        return shown.operator() != null && ActingFor.isAsked(request);
    }

    private Caller forTenant(@Nullable String key, HttpServletRequest request) {
        return acting.tenant(operator(key, request), request);
    }

    /// A public route that wants to know who calls: a key that is shown must be right.
    private Caller whoever(PresentedKeys shown, HttpServletRequest request) {
        if (shown.operator() != null) {
            return operator(shown.operator(), request);
        }
        return shown.tenant() == null ? anyone(request) : tenant(shown.tenant(), request);
    }

    private Caller.Operator operator(@Nullable String key, HttpServletRequest request) {
        if (!operators.isConfigured()) {
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "Admin key not configured on this server: set ADMIN_API_KEY and restart.");
        }
        if (key == null) {
            throw refused(
                    ErrorCode.UNAUTHORIZED,
                    "Missing admin API key: send it in the X-Admin-Key header.",
                    "AdminKey");
        }
        if (!operators.accepts(key)) {
            throw refused(ErrorCode.FORBIDDEN, "Invalid admin API key.", "AdminKey");
        }
        return new Caller.Operator(Callers.userId(request));
    }

    private Caller tenant(@Nullable String key, HttpServletRequest request) {
        if (key == null) {
            throw refused(
                    ErrorCode.UNAUTHORIZED,
                    "Missing API key: send it in the X-API-Key header.",
                    "ApiKey");
        }
        if (key.isEmpty()) {
            throw refused(
                    ErrorCode.INVALID_API_KEY,
                    "Invalid or inactive API key: the X-API-Key header is empty.",
                    "ApiKey");
        }
        AuthenticatedKey known = authenticate(key);
        Callers.remember(request, known.standing());
        return new Caller.Tenant(
                known.tenant(), known.apiKeyId(), known.scopes(), Callers.userId(request));
    }

    private AuthenticatedKey authenticate(String key) {
        try {
            return keys.authenticate(key, clock.instant());
        } catch (EngineException refusal) {
            throw refusal;
        } catch (RuntimeException broken) {
            LOG.error("Keys cannot be checked", broken);
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "Keys cannot be checked right now: try again in a few seconds.");
        }
    }

    private static Caller anyone(HttpServletRequest request) {
        return new Caller.Anyone(Callers.userId(request));
    }

    private static boolean takesCaller(HandlerMethod method) {
        return Stream.of(method.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == Caller.class);
    }

    private static RefusedException refused(ErrorCode code, String detail, String challenge) {
        return new RefusedException(Refusal.of(code, detail).with(CHALLENGE, challenge));
    }
}
