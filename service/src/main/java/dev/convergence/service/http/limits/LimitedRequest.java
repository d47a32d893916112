package dev.convergence.service.http.limits;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request whose body ends with a refusal once it is too long; chunked bodies do not say before.
final class LimitedRequest extends HttpServletRequestWrapper {

    private @Nullable LimitedInput input;

    LimitedRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        LimitedInput opened = input;
        if (opened == null) {
            opened = new LimitedInput(super.getInputStream(), BodyLimitFilter.BYTES_MAX);
            input = opened;
        }
        return opened;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
}
