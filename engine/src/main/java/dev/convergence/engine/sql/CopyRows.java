package dev.convergence.engine.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final int END = -1;
    private static final byte JSONB_VERSION = 1;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final CopyIn copy;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(CHUNK + (CHUNK >> 2));
    private final DataOutputStream out = new DataOutputStream(bytes);

    private CopyRows(CopyIn copy) {
        this.copy = copy;
    }

    /// Writes rows; one of them each time.
    @FunctionalInterface
    public interface Row<T> {
        void write(CopyRows out, T item) throws IOException;
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
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
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

    private <T> void write(Iterable<T> items, Row<T> row) throws IOException, SQLException {
        out.write(SIGNATURE);
        out.writeInt(0); // flags
        out.writeInt(0); // no header extension
        for (T item : items) {
            row.write(this, item);
            if (bytes.size() >= CHUNK) {
                flush();
            }
        }
        out.writeShort(END);
        flush();
    }

    private void flush() throws SQLException {
        copy.writeToCopy(bytes.toByteArray(), 0, bytes.size());
        bytes.reset();
    }

    public CopyRows columns(int count) throws IOException {
        out.writeShort(count);
        return this;
    }

    public CopyRows uuid(@Nullable UUID value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            out.writeInt(2 * Long.BYTES);
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }
        return this;
    }

    public CopyRows text(@Nullable String value) throws IOException {
        if (value == null) {
            out.writeInt(NULL);
        } else {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            out.writeInt(encoded.length);
            out.write(encoded);
        }
        return this;
    }

    public CopyRows json(String value) throws IOException {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(encoded.length + 1);
        out.writeByte(JSONB_VERSION);
        out.write(encoded);
        return this;
    }

    public CopyRows smallint(int value) throws IOException {
        out.writeInt(Short.BYTES);
        out.writeShort(value);
        return this;
    }

    public CopyRows integer(@Nullable Integer value) throws IOException {
        if (value == null) {
            return isNull();
        }
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
        return this;
    }

    public CopyRows bigint(@Nullable Long value) throws IOException {
        if (value == null) {
            return isNull();
        }
        out.writeInt(Long.BYTES);
        out.writeLong(value);
        return this;
    }

    public CopyRows bool(boolean value) throws IOException {
        out.writeInt(1);
        out.writeBoolean(value);
        return this;
    }

    public CopyRows time(@Nullable Instant value) throws IOException {
        return value == null ? isNull() : bigint(ChronoUnit.MICROS.between(EPOCH, value));
    }

    private CopyRows isNull() throws IOException {
        out.writeInt(NULL);
        return this;
    }
}
