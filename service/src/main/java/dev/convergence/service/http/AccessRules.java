package dev.convergence.service.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/// Finds the [Access] of a handler method.
public final class AccessRules {

    /// The document's own route, and the answer to OPTIONS that comes with every route.
    private static final List<String> LIBRARIES = List.of("org.springdoc.", "org.springframework.");

    private AccessRules() {}

    /// Null for what is no route of ours: static answers, what a library answers.
    static @Nullable Access of(Object handler) {
        if (!(handler instanceof HandlerMethod method) || isLibrary(method)) {
            return null;
        }
        Access access = method.getMethodAnnotation(Access.class);
        if (access == null) {
            throw new IllegalStateException("No @Access on " + method);
        }
        return access;
    }

    public static boolean isLibrary(HandlerMethod method) {
        String type = method.getBeanType().getName();
        return LIBRARIES.stream().anyMatch(type::startsWith);
    }
}
