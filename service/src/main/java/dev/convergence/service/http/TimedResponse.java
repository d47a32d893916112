package dev.convergence.service.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/// Stamps `X-Process-Time` on an answer at the last moment when headers can still be set: before
/// its body begins.
final class TimedResponse extends HttpServletResponseWrapper {

    private static final double NANOS = 1e9;

    private final long started = System.nanoTime();

    TimedResponse(HttpServletResponse response) {
        super(response);
    }

    void stamp() {
        if (!isCommitted()) {
            setHeader(
                    "X-Process-Time",
                    String.format(Locale.ROOT, "%.6f", (System.nanoTime() - started) / NANOS));
        }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        stamp();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        stamp();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        stamp();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        stamp();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        stamp();
        super.sendError(status, message);
    }
}
