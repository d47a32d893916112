package dev.convergence.service.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// The keys that a request or its session shows.
///
/// @param tenant from `X-API-Key`, or from `Authorization: Bearer` where that is missing
/// @param operator from `X-Admin-Key`
record PresentedKeys(@Nullable String tenant, @Nullable String operator) {

    private static final String BEARER = "Bearer ";

    static PresentedKeys of(HttpServletRequest request) {
        String key = request.getHeader("X-API-Key");
        return new PresentedKeys(
                key == null ? bearer(request.getHeader("Authorization")) : key.strip(),
                request.getHeader("X-Admin-Key"));
    }

    static PresentedKeys of(Session session) {
        return session.isOperator()
                ? new PresentedKeys(null, session.key())
                : new PresentedKeys(session.key(), null);
    }

    boolean isNone() {
        return tenant == null && operator == null;
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        return authorization != null
                        && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }
}
