package dev.convergence.service.http.limits;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.service.http.RequestId;
import dev.convergence.service.http.TenantIds;
import dev.convergence.service.http.problem.HttpFault;
import dev.convergence.service.http.problem.ProblemWriter;
import dev.convergence.service.http.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests whose path or headers no honest client sends; the health and documentation
/// pages are not checked.
public final class ShapeFilter extends OncePerRequestFilter {

    private final ProblemWriter problems;

    public ShapeFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.equals("/")
                || path.equals("/docs")
                || path.equals("/health")
                || path.startsWith("/health/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            problems.write(refusal.get(), RequestId.of(request), response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<Refusal> refusal(HttpServletRequest request) {
        return HeaderRules.fault(request)
                .map(fault -> Refusal.of(HttpFault.INVALID_HEADERS, fault))
                .or(() -> path(request))
                .or(() -> tenantHeader(request));
    }

    private static Optional<Refusal> path(HttpServletRequest request) {
        return PathRules.fault(request.getRequestURI())
                .or(() -> PathRules.queryFault(request.getQueryString()))
                .map(fault -> Refusal.of(ErrorCode.INVALID_PARAMETER, fault));
    }

    private static Optional<Refusal> tenantHeader(HttpServletRequest request) {
        String named = request.getHeader("X-Tenant-ID");
        return named == null ? Optional.empty() : TenantIds.fault("X-Tenant-ID", named);
    }
}
