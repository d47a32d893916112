package dev.convergence.steps.source;

import dev.convergence.engine.step.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A file's bytes, until the run is cancelled: blank lines and lines too long bring no row at which
/// it would be noticed.
final class CancellableStream extends FilterInputStream {

    private final Cancellation cancellation;

    CancellableStream(InputStream bytes, Cancellation cancellation) {
        super(bytes);
        this.cancellation = cancellation;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        cancellation.check();
        return super.read(buffer, offset, length);
    }
}
