package dev.convergence.service.http.audit;

import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.Who;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.RequestPath;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

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
        reading.setAttribute(ServletRequestPathUtils.PATH_ATTRIBUTE, RequestPath.parse(path, null));
        try {
            HandlerExecutionChain found = routes.get().getHandler(reading);
            if (found == null || !isForCaller(found.getHandler(), request)) {
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

    /// What a route keeps for the operator is not written down for a tenant to read.
    private static boolean isForCaller(Object handler, HttpServletRequest request) {
        Access access =
                handler instanceof HandlerMethod method
                        ? method.getMethodAnnotation(Access.class)
                        : null;
        return access != null
                && (access.value() != Who.OPERATOR
                        || Callers.of(request) instanceof Caller.Operator);
    }
}
