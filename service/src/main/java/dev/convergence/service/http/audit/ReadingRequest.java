package dev.convergence.service.http.audit;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The request of a caller who writes, as a reading of another path. What is learned on the way
/// stays in here.
final class ReadingRequest extends HttpServletRequestWrapper {

    private final String path;
    private final Map<String, @Nullable Object> learned = new HashMap<>();

    ReadingRequest(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.emptyMap();
    }

    @Override
    public @Nullable String getParameter(String name) {
        return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return learned.containsKey(name) ? learned.get(name) : super.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        learned.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        learned.put(name, null);
    }
}
