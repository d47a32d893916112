package dev.convergence.steps.source;

import java.io.IOException;
import java.io.Reader;

/// A text in which no record may be longer than anybody's bill needs: parsers hold a record in
/// memory, and one without an end would take the memory of all tenants.
final class RecordLimit extends Reader {

    static final int CHARACTERS_MAX = 4 << 20;

    private final Reader text;
    private long read;

    RecordLimit(Reader text) {
        this.text = text;
    }

    /// The parser is done with a record.
    void restart() {
        read = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = text.read(buffer, offset, length);
        read += Math.max(count, 0);
        if (read > CHARACTERS_MAX + (long) length) { // a buffer may begin with the record before
            throw new BadValue("holds a row " + tooLong());
        }
        return count;
    }

    static String tooLong() {
        return "of more than " + CHARACTERS_MAX + " characters";
    }

    /// The text belongs to whoever opened it.
    @Override
    public void close() {}
}
