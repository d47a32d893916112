package dev.convergence.service.http;

import dev.convergence.engine.tenant.TenantStanding;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Who sent a request, as found out once and read by all that come after.
public final class Callers {

    /// Under which log lines of the request name its tenant.
    static final String LOGGED_TENANT = "tenant_id";

    private static final String CALLER = "convergence.caller";
    private static final String STANDING = "convergence.standing";
    private static final String CHECK = "convergence.check";

    private Callers() {}

    static void remember(HttpServletRequest request, Caller caller) {
        request.setAttribute(CALLER, caller);
        if (caller instanceof Caller.Tenant own) {
            MDC.put(LOGGED_TENANT, own.tenant().value());
        }
    }

    static void remember(HttpServletRequest request, TenantStanding standing) {
        request.setAttribute(STANDING, standing);
    }

    static void rememberHow(HttpServletRequest request, Runnable check) {
        request.setAttribute(CHECK, check);
    }

    /// Checks the caller's key once more, as when the request came.
    ///
    /// @throws RuntimeException the refusal
    public static void checkAgain(HttpServletRequest request) {
        if (request.getAttribute(CHECK) instanceof Runnable check) {
            check.run();
        }
    }

    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof Caller caller
                ? caller
                : new Caller.Anyone(userId(request));
    }

    static @Nullable TenantStanding standing(HttpServletRequest request) {
        return (TenantStanding) request.getAttribute(STANDING);
    }

    /// The audit name; a blank one is none.
    static @Nullable String userId(HttpServletRequest request) {
        String given = request.getHeader("X-User-ID");
        return given == null || given.isBlank() ? null : given.strip();
    }
}
