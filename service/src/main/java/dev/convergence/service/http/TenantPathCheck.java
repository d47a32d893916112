package dev.convergence.service.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Refuses tenant ids that cannot be one, in the path and in the query, before anything is looked
/// up.
public final class TenantPathCheck implements HandlerInterceptor {

    private static final String TENANT_ID = "tenant_id";
    private static final String CUSTOMER_ID = "customer_id";

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Stream.of(TENANT_ID, CUSTOMER_ID)
                .flatMap(name -> Optional.ofNullable(request.getParameterValues(name)).stream())
                .flatMap(Stream::of)
                .forEach(TenantPathCheck::require);
        Optional.ofNullable(inPath(request)).ifPresent(TenantPathCheck::require);
        return true;
    }

    /// The tenant that the path names, if it names one.
    static @Nullable String inPath(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
                instanceof Map<?, ?> variables) {
            Object named =
                    variables.containsKey(TENANT_ID)
                            ? variables.get(TENANT_ID)
                            : variables.get(CUSTOMER_ID);
            return named == null ? null : named.toString();
        }
        return null;
    }

    private static void require(String id) {
        TenantIds.require(TENANT_ID, id);
    }
}
