package dev.convergence.engine.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLState;

/// Rows on their way into a table by `COPY … (FORMAT binary)`: the server writes them page by page
/// instead of one by one, and parses no text.
///
/// Format: <https://www.postgresql.org/docs/18/sql-copy.html>, "Binary Format".
public final class CopyRows {

    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final int CHUNK = 1 << 16;
    private static final int NULL = -1;
    private static final short END = -1;
    private static final byte JSONB_VERSION = 1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    // Not a stream, which takes a lock for each of the thirty columns of a job.
    private ByteBuffer bytes = ByteBuffer.allocate(CHUNK + (CHUNK >> 2));

    private CopyRows(CopyIn copy) {
        this.copy = copy;
    }

    /// Writes rows; one of them each time.
    @FunctionalInterface
    public interface Row<T> {
        void write(CopyRows out, T item);
    }

    /// Copies items into a table, in the handle's transaction.
    ///
    /// @param sql `COPY table (columns) FROM STDIN (FORMAT binary)`
    public static <T> void copy(Handle handle, String sql, Iterable<T> items, Row<T> row) {
        try {
            CopyIn in = handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            try {
                new CopyRows(in).write(items, row);
                in.endCopy();
            } finally {
                if (in.isActive()) {
                    in.cancelCopy();
                }
            }
        } catch (SQLException refused) {
            throw new CopyFailed(refused);
        }
    }

    /// The server refused the rows; its reason is the cause.
    public static final class CopyFailed extends RuntimeException {
        private final String state;

        private CopyFailed(SQLException cause) {
            super("The rows could not be copied.", cause);
            state = String.valueOf(cause.getSQLState());
        }

        /// Whether a row of the same key was there.
        public boolean isDouble() {
            return state.equals(PSQLState.UNIQUE_VIOLATION.getState());
        }
    }

    private <T> void write(Iterable<T> items, Row<T> row) throws SQLException {
        room(SIGNATURE.length).put(SIGNATURE);
        room(2 * Integer.BYTES).putInt(0).putInt(0); // flags; no header extension
        for (T item : items) {
            row.write(this, item);
            if (bytes.position() >= CHUNK) {
                flush();
            }
        }
        room(Short.BYTES).putShort(END);
        flush();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(bytes.array(), 0, bytes.position());
        bytes.clear();
    }

    /// The buffer, with so much room; a row may be longer than a chunk.
    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            int needed = bytes.position() + length;
            bytes = ByteBuffer.allocate(Math.max(needed, 2 * bytes.capacity())).put(bytes.flip());
        }
        return bytes;
    }

    public CopyRows columns(int count) {
        room(Short.BYTES).putShort((short) count);
        return this;
    }

    public CopyRows uuid(@Nullable UUID value) {
        if (value == null) {
            return isNull();
        }
        room(Integer.BYTES + 2 * Long.BYTES)
                .putInt(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits());
        return this;
    }

    public CopyRows text(@Nullable String value) {
        if (value == null) {
            return isNull();
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + encoded.length).putInt(encoded.length).put(encoded);
        return this;
    }

    public CopyRows json(@Nullable String value) {
        if (value == null) {
            return isNull();
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + 1 + encoded.length)
                .putInt(encoded.length + 1)
                .put(JSONB_VERSION)
                .put(encoded);
        return this;
    }

    public CopyRows smallint(int value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    public CopyRows integer(@Nullable Integer value) {
        if (value == null) {
            return isNull();
        }
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    public CopyRows bigint(@Nullable Long value) {
        if (value == null) {
            return isNull();
        }
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    public CopyRows bool(boolean value) {
        room(Integer.BYTES + 1).putInt(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public CopyRows time(@Nullable Instant value) {
        return value == null ? isNull() : bigint(ChronoUnit.MICROS.between(EPOCH, value));
    }

    private CopyRows isNull() {
        room(Integer.BYTES).putInt(NULL);
        return this;
    }
}
