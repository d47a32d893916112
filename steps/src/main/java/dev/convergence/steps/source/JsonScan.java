package dev.convergence.steps.source;

import static dev.convergence.steps.source.NotPlain.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The lines of JSON that begin in one part of a file, looked through byte by byte: the shapes they
/// have, and what their values may have to be cleaned of. Values are not read.
///
/// The shape of a line is a hash of its names and of how its objects are nested; what is in arrays
/// does not count.
final class JsonScan {

    /// So many bytes belong to a part.
    static final int PART_BYTES = 1 << 20;

    private static final int LINE_BYTES_MAX = RecordLimit.CHARACTERS_MAX;
    private static final int REACH = 1 << 16;
    private static final int SHAPES_MAX = 1_000;

    private final JsonBytes bytes;
    private final Map<Long, byte[]> shapes = new HashMap<>();

    private JsonScan(JsonBytes bytes) {
        this.bytes = bytes;
    }

    /// What a scan found.
    ///
    /// @param examples a line for each shape
    record Found(Map<Long, byte[]> examples, Set<Trace> traces) {

        Found and(Found other) {
            Map<Long, byte[]> all = new HashMap<>(examples);
            all.putAll(other.examples);
            require(all.size() <= SHAPES_MAX);
            Set<Trace> both = EnumSet.copyOf(traces);
            both.addAll(other.traces);
            return new Found(all, both);
        }
    }

    /// @param from where the part begins; a line that began before it is another part's
    /// @throws NotPlain when some line is not
    static Found part(FileChannel file, long from) {
        try {
            long begin = Math.max(from - 1, 0);
            int ahead = (int) (from - begin);
            int wanted = PART_BYTES + ahead + REACH;
            while (true) {
                byte[] bytes = new byte[wanted + JsonBytes.SLACK];
                int length = read(file, begin, bytes, wanted);
                int start = ahead == 0 ? 0 : behindLineEnd(bytes, ahead - 1, length);
                int end = Math.min(ahead + PART_BYTES, length);
                if (length < wanted || behindLineEnd(bytes, end - 1, length) < length) {
                    return new JsonScan(new JsonBytes(bytes, length, start)).lines(end);
                }
                require(wanted < LINE_BYTES_MAX + PART_BYTES);
                wanted *= 2;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int read(FileChannel file, long from, byte[] bytes, int wanted)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, wanted);
        int count;
        do {
            count = file.read(buffer, from + buffer.position());
        } while (count > 0);
        return buffer.position();
    }

    /// The place behind the first line end from here on; the length where there is none.
    private static int behindLineEnd(byte[] bytes, int from, int length) {
        int at = from;
        while (at < length && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, length);
    }

    private Found lines(int end) {
        while (bytes.at() < end) {
            int from = bytes.at();
            if (bytes.isAtObject()) {
                keep(bytes.object(), from);
            }
        }
        return new Found(shapes, bytes.traces());
    }

    private void keep(long shape, int from) {
        require(bytes.at() - from <= LINE_BYTES_MAX);
        if (!shapes.containsKey(shape)) {
            shapes.put(shape, bytes.from(from));
            require(shapes.size() <= SHAPES_MAX);
        }
    }
}
