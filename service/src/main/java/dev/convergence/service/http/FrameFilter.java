package dev.convergence.service.http;

import dev.convergence.service.http.problem.ProblemResolver;
import dev.convergence.service.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// The outermost filter: names the request, times it, and sets what every answer carries.
///
/// What escapes from the filters behind it ends here, so that Tomcat never writes a page of its
/// own.
public final class FrameFilter extends OncePerRequestFilter {

    private static final String MDC_KEY = "request_id";
    private static final String PAGES = "/docs";
    private static final String CONSOLE = "/console/";
    private static final String API = "/api/";

    private final String version;
    private final ProblemWriter problems;
    private final InstantSource clock;

    public FrameFilter(String version, ProblemWriter problems, InstantSource clock) {
        this.version = version;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String id = RequestId.choose(request.getHeader(RequestId.HEADER), clock.instant());
        RequestId.remember(request, id);
        setHeaders(request, response, id);
        TimedResponse timed = new TimedResponse(response);
        try (MDC.MDCCloseable named = MDC.putCloseable(MDC_KEY, id)) {
            chain.doFilter(request, timed);
            timed.stamp();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            problems.write(ProblemResolver.refusal(e, request), id, timed);
        } finally {
            MDC.remove(Callers.LOGGED_TENANT);
        }
    }

    private void setHeaders(HttpServletRequest request, HttpServletResponse response, String id) {
        response.setHeader(RequestId.HEADER, id);
        response.setHeader("X-API-Version", version);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", contentPolicy(request.getRequestURI()));
        if (request.getRequestURI().startsWith(API)) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    /// Answers of the interface load nothing; pages load their own scripts, style, pictures, data.
    private static String contentPolicy(String path) {
        return path.equals("/") || path.startsWith(CONSOLE) || path.startsWith(PAGES)
                ? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                        + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                        + " form-action 'none'"
                : "default-src 'none'; frame-ancestors 'none'";
    }
}
