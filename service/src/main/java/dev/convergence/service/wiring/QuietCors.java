package dev.convergence.service.wiring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;

/// Says nothing to origins that are not allowed: without the headers their browser refuses, and no
/// half answer in plain text is needed.
final class QuietCors extends DefaultCorsProcessor {

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration allowed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String origin = request.getHeader("Origin");
        boolean foreign = allowed != null && origin != null && allowed.checkOrigin(origin) == null;
        if (!foreign) {
            return super.processRequest(allowed, request, response);
        }
        if (CorsUtils.isPreFlightRequest(request)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
        return true;
    }
}
