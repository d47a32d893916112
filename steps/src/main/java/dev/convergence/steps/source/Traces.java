package dev.convergence.steps.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;

/// What the bytes of a CSV file leave possible for its values.
///
/// It may find what no value has, for it does not take the lines apart; it never misses what one
/// has. To look through the bytes is much cheaper than to ask each value.
final class Traces {

    private static final int PART_BYTES = 1 << 20;
    private static final byte[] NULL_WORD = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_DATE = "0001-01-01".getBytes(StandardCharsets.US_ASCII);

    /// So far behind its first byte a trace may reach.
    private static final int REACH = NO_DATE.length;

    /// The bytes at which a trace begins.
    private static final boolean[] IS_WORTH_A_LOOK = new boolean[256];

    static {
        for (char first : " \n\r\tN0".toCharArray()) {
            IS_WORTH_A_LOOK[first] = true;
        }
    }

    private final byte[] bytes;
    private final int length;
    private final byte separator;
    private final Set<Trace> found = EnumSet.noneOf(Trace.class);

    /// @param length how many of the bytes there are
    private Traces(byte[] bytes, int length, char separator) {
        this.bytes = bytes;
        this.length = length;
        this.separator = (byte) separator;
    }

    /// @param file UTF-8 text
    /// @param separator what stands between its values
    static Set<Trace> in(Path file, char separator) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return LongStream.range(0, (channel.size() + PART_BYTES - 1) / PART_BYTES)
                    .parallel()
                    .mapToObj(part -> inPart(channel, part * PART_BYTES, separator))
                    .reduce(EnumSet.noneOf(Trace.class), Traces::union);
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static Set<Trace> union(Set<Trace> some, Set<Trace> others) {
        Set<Trace> all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }

    private static Set<Trace> inPart(FileChannel channel, long from, char separator) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(PART_BYTES + REACH);
            int read;
            do {
                read = channel.read(buffer, from + buffer.position());
            } while (read > 0);
            return new Traces(buffer.array(), buffer.position(), separator).look();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Set<Trace> look() {
        int end = Math.min(length, PART_BYTES);
        for (int at = 0; at < end; at++) {
            if (IS_WORTH_A_LOOK[bytes[at] & 0xFF]) {
                lookAt(at);
            }
        }
        return found;
    }

    private void lookAt(int at) {
        switch (bytes[at]) {
            case ' ' -> note(Trace.SPACE_BEHIND, isEnd(at + 1));
            // Between tabs nothing ends with a tab, unless it is quoted.
            case '\t' ->
                    note(Trace.TAB_BEHIND, separator == '\t' ? isQuotedEnd(at + 1) : isEnd(at + 1));
            // A line end without quotes is no part of a value.
            case '\n' -> note(Trace.LINE_END_BEHIND, isQuotedEnd(at + 1));
            // Before a line feed it is the end of the line, or of a value: nobody tells here.
            case '\r' -> note(Trace.RETURN_BEHIND, true);
            case 'N' -> note(Trace.NULL_WORD, isWord(NULL_WORD, at));
            default -> note(Trace.NO_DATE, isWord(NO_DATE, at));
        }
    }

    private void note(Trace trace, boolean isThere) {
        if (isThere) {
            found.add(trace);
        }
    }

    /// Whether a value may end before this place.
    private boolean isEnd(int at) {
        return isBehindValue(at) || isQuotedEnd(at);
    }

    /// A quote that ends a value, and not one that stands in it twice.
    private boolean isQuotedEnd(int at) {
        return at < length && bytes[at] == '"' && isBehindValue(at + 1);
    }

    private boolean isBehindValue(int at) {
        return at >= length || bytes[at] == separator || bytes[at] == '\n' || bytes[at] == '\r';
    }

    private boolean isWord(byte[] word, int at) {
        int i = 0;
        while (i < word.length && at + i < length && bytes[at + i] == word[i]) {
            i++;
        }
        return i == word.length;
    }
}
