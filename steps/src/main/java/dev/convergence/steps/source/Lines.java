package dev.convergence.steps.source;

import java.io.IOException;
import java.io.Reader;

/// The lines of a text one by one, of which one that is too long is passed over, not kept.
final class Lines {

    private static final int BUFFER_CHARACTERS = 1 << 13;

    private final Reader text;
    private final char[] buffer = new char[BUFFER_CHARACTERS];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int end;
    private boolean tooLong;
    private boolean afterReturn;

    Lines(Reader text) {
        this.text = text;
    }

    /// Goes to the next line; false when there is none.
    boolean next() throws IOException {
        line.setLength(0);
        tooLong = false;
        skipLineFeed();
        boolean any = false;
        while (isFilled()) {
            any = true;
            int stop = stop();
            keep(stop);
            at = stop;
            if (stop < end) {
                afterReturn = buffer[at++] == '\r';
                return true;
            }
        }
        return any;
    }

    /// Whether the line is longer than a row may be.
    boolean isTooLong() {
        return tooLong;
    }

    String text() {
        return line.toString();
    }

    private void skipLineFeed() throws IOException {
        if (afterReturn && isFilled() && buffer[at] == '\n') {
            at++;
        }
        afterReturn = false;
    }

    private boolean isFilled() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(text.read(buffer, 0, buffer.length), 0);
        }
        return at < end;
    }

    private int stop() {
        int stop = at;
        while (stop < end && buffer[stop] != '\n' && buffer[stop] != '\r') {
            stop++;
        }
        return stop;
    }

    private void keep(int stop) {
        tooLong |= line.length() + stop - at > RecordLimit.CHARACTERS_MAX;
        if (!tooLong) {
            line.append(buffer, at, stop - at);
        }
    }
}
