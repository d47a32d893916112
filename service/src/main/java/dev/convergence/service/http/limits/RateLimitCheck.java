package dev.convergence.service.http.limits;

import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.limits.SlidingWindow.Allowance;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.servlet.HandlerInterceptor;

/// Limits how often the authenticated caller may come and shows it what is left.
public final class RateLimitCheck implements HandlerInterceptor {

    private static final String API = "/api/v1/";
    private static final String RUN = API + "pipelines/run/";

    private final RateLimiter limiter;
    private final InstantSource clock;

    public RateLimitCheck(RateLimits limits, InstantSource clock) {
        limiter = new RateLimiter(limits);
        this.clock = clock;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Instant now = clock.instant();
        switch (Callers.of(request)) {
            case Caller.Tenant(TenantId tenant, var key, var scopes, var user) -> {
                limiter.segment(segment(request), now);
                Allowance left = limiter.tenant(tenant, now);
                show(left, response);
                RateLimiter.require("requests a minute", left);
                countRun(request, tenant, now);
            }
            case Caller.Operator operator -> limiter.segment(segment(request), now);
            case Caller.Anyone anyone -> {}
        }
        return true;
    }

    private void countRun(HttpServletRequest request, TenantId tenant, Instant now) {
        if ("POST".equals(request.getMethod()) && request.getRequestURI().startsWith(RUN)) {
            limiter.run(tenant, now);
        }
    }

    private static String segment(HttpServletRequest request) {
        String path = request.getRequestURI();
        String rest = path.startsWith(API) ? path.substring(API.length()) : path.substring(1);
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }

    /// Both spellings that clients look for, and the one that is becoming the standard.
    private static void show(Allowance left, HttpServletResponse response) {
        String limit = Integer.toString(left.limit());
        String remaining = Integer.toString(Math.max(0, left.remaining()));
        String reset = Long.toString(left.resetSeconds());
        response.setHeader("X-RateLimit-Tenant-Limit", limit);
        response.setHeader("X-RateLimit-Tenant-Remaining", remaining);
        response.setHeader("X-RateLimit-Limit", limit);
        response.setHeader("X-RateLimit-Remaining", remaining);
        response.setHeader("X-RateLimit-Reset", reset);
        response.setHeader("RateLimit-Policy", "\"default\";q=" + limit + ";w=60");
        response.setHeader("RateLimit", "\"default\";r=" + remaining + ";t=" + reset);
    }
}
