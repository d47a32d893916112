package dev.convergence.steps.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A file's bytes as they pass by: how many there were, and two check sums of them. Files that
/// agree in all three are taken to be the same; they are compared within one load only.
final class Fingerprint extends FilterInputStream {

    private final CRC32 one = new CRC32();
    private final CRC32C other = new CRC32C();
    private long length;

    Fingerprint(InputStream bytes) {
        super(bytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        int count = super.read(buffer, offset, wanted);
        if (count > 0) {
            one.update(buffer, offset, count);
            other.update(buffer, offset, count);
            length += count;
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    String text() {
        return length + " " + one.getValue() + " " + other.getValue();
    }
}
