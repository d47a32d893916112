package dev.convergence.service.http.limits;

import dev.convergence.service.http.problem.RefusedException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/// A body that refuses to be longer than it may be.
final class LimitedInput extends ServletInputStream {

    private final ServletInputStream source;
    private long left;

    LimitedInput(ServletInputStream source, long bytesMax) {
        this.source = source;
        left = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int value = source.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = source.read(target, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new RefusedException(BodyLimitFilter.tooLarge());
        }
    }

    @Override
    public boolean isFinished() {
        return source.isFinished();
    }

    @Override
    public boolean isReady() {
        return source.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        source.setReadListener(listener);
    }
}
