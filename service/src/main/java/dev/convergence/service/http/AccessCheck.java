package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.tenant.TenantStanding;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.springframework.web.servlet.HandlerInterceptor;

/// Decides whether the caller may do what the route does: its own tenant, a scope, good standing.
public final class AccessCheck implements HandlerInterceptor {

    private final InstantSource clock;

    public AccessCheck(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Access access = AccessRules.of(handler);
        if (access != null && Callers.of(request) instanceof Caller.Tenant caller) {
            requireOwnPath(caller, request);
            requireScope(caller, access);
            requireStanding(request, access);
        }
        return true;
    }

    private static void requireOwnPath(Caller.Tenant caller, HttpServletRequest request) {
        String named = TenantPathCheck.inPath(request);
        if (named != null && !named.equals(caller.tenant().value())) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN,
                    "Access denied: tenant id mismatch, the key belongs to %s and the path names %s."
                            .formatted(caller.tenant(), named));
        }
    }

    private static void requireScope(Caller.Tenant caller, Access access) {
        if (!access.scope().isGrantedBy(caller.scopes())) {
            throw new EngineException(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "This key lacks the scope %s: use one that has it."
                            .formatted(access.scope().word()));
        }
    }

    private void requireStanding(HttpServletRequest request, Access access) {
        TenantStanding standing = Callers.standing(request);
        if (standing != null) {
            Standings.require(standing, access.allowSuspended(), clock.instant());
        }
    }
}
