package dev.convergence.service.http;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/// Finds the [Access] of a handler method.
public final class AccessRules {

    private static final String DOCUMENT_LIBRARY = "org.springdoc.";

    private AccessRules() {}

    /// Null for what is no route of ours: static answers, the library's own document route.
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
        return method.getBeanType().getName().startsWith(DOCUMENT_LIBRARY);
    }
}
