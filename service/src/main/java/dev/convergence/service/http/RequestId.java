package dev.convergence.service.http;

import dev.convergence.engine.id.TimeOrderedId;
import jakarta.servlet.ServletRequest;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of one request, in its answer, its problem and its log lines.
public final class RequestId {

    public static final String HEADER = "X-Request-ID";

    /// A caller's own id goes into logs, so it is short and plain; anything else is replaced.
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private static final String ATTRIBUTE = "convergence.request_id";

    private RequestId() {}

    public static String choose(@Nullable String offered, Instant now) {
        return offered != null && SANE.matcher(offered).matches()
                ? offered
                : TimeOrderedId.next(now).toString();
    }

    static void remember(ServletRequest request, String id) {
        request.setAttribute(ATTRIBUTE, id);
    }

    public static String of(ServletRequest request) {
        Object id = request.getAttribute(ATTRIBUTE);
        return id == null ? "unknown" : id.toString();
    }
}
