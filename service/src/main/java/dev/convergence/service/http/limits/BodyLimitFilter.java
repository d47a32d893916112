package dev.convergence.service.http.limits;

import dev.convergence.service.http.RequestId;
import dev.convergence.service.http.problem.HttpFault;
import dev.convergence.service.http.problem.ProblemWriter;
import dev.convergence.service.http.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies of more than 10 MiB, at once when they say so, while reading when they don't; and
/// forms.
public final class BodyLimitFilter extends OncePerRequestFilter {

    public static final long BYTES_MAX = 10_485_760;

    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/";

    private final ProblemWriter problems;

    public BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    static Refusal tooLarge() {
        return Refusal.of(
                HttpFault.PAYLOAD_TOO_LARGE,
                "The body is larger than %d bytes: send less at once.".formatted(BYTES_MAX));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > BYTES_MAX) {
            problems.write(tooLarge(), RequestId.of(request), response);
            return;
        }
        if (isForm(request)) {
            problems.write(Refusal.notJson(), RequestId.of(request), response);
            return;
        }
        chain.doFilter(new LimitedRequest(request), response);
    }

    /// No route takes forms, and reading a parameter would make Tomcat decode one.
    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && (type.regionMatches(true, 0, URL_ENCODED, 0, URL_ENCODED.length())
                        || type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length()));
    }
}
