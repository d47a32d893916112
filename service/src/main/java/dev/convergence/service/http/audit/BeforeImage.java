package dev.convergence.service.http.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a thing is before it is written: what its own GET route answers to this caller.
///
/// So there is no second way to show a thing, and no secret that a route would not show. Only for
/// callers who were admitted to the write.
final class BeforeImage {

    private static final Logger LOG = LoggerFactory.getLogger(BeforeImage.class);
    private static final byte[] NOTHING = {};

    private final Supplier<RequestMappingHandlerMapping> routes;
    private final Supplier<RequestMappingHandlerAdapter> calls;

    BeforeImage(
            Supplier<RequestMappingHandlerMapping> routes,
            Supplier<RequestMappingHandlerAdapter> calls) {
        this.routes = routes;
        this.calls = calls;
    }

    /// Empty when there was nothing, or when nothing shows it.
    byte[] of(HttpServletRequest request, HttpServletResponse response, String path) {
        ReadingRequest reading = new ReadingRequest(request, path);
        reading.setAttribute(
                ServletRequestPathUtils.PATH_ATTRIBUTE, RequestPath.parse(path, null));
        try {
            HandlerExecutionChain found = routes.get().getHandler(reading);
            if (found == null || isCatchAll(reading)) {
                return NOTHING;
            }
            Captured answer = new Captured(response);
            calls.get().handle(reading, answer, found.getHandler());
            return answer.getStatus() == HttpServletResponse.SC_OK ? answer.body() : NOTHING;
        } catch (Exception nothingThere) {
            LOG.debug("Nothing shows what {} was", path, nothingThere);
            return NOTHING;
        }
    }

    private static boolean isCatchAll(ReadingRequest reading) {
        @Nullable Object pattern =
                reading.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return pattern == null || PathContainer.parsePath(pattern.toString()).elements().isEmpty();
    }
}
