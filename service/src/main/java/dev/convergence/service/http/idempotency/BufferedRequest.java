package dev.convergence.service.http.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request whose body can be read twice: once for its fingerprint, once by the route.
///
/// Nothing is read before somebody asks, so strangers cannot make us hold bodies.
final class BufferedRequest extends HttpServletRequestWrapper {

    private byte @Nullable [] body;

    BufferedRequest(HttpServletRequest request) {
        super(request);
    }

    byte[] body() throws IOException {
        byte[] read = body;
        if (read == null) {
            read = super.getInputStream().readAllBytes();
            body = read;
        }
        return read;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Replay(new ByteArrayInputStream(body()));
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Replay extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Replay(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Bodies are read in one go");
        }
    }
}
