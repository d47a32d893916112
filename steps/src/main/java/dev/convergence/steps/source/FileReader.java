package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.intake.Intake;
import dev.convergence.steps.landing.LandedFile;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.JacksonException;

/// Reads CSV, JSON, JSON lines and Parquet, each also gzipped; the bytes tell which, not the name.
final class FileReader {

    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 1 << 16;

    private final DuckDBConnection staging;
    private final Intake intake;

    FileReader(DuckDBConnection staging, Intake intake) {
        this.staging = staging;
        this.intake = intake;
    }

    /// @throws EngineException INVALID_PARAMETER when the file as a whole cannot be read
    void read(LandedFile file, RowSink sink) throws IOException {
        try {
            if (isPacked(file.copy())) {
                readPacked(file.copy(), sink);
            } else {
                readPlain(file.copy(), sink);
            }
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(file, "is not UTF-8 text");
        } catch (ZipException broken) {
            throw unreadable(file, "is not a whole gzip file");
        } catch (JacksonException broken) {
            throw unreadable(file, where(broken) + broken.getOriginalMessage());
        } catch (BadValue broken) {
            throw unreadable(file, String.valueOf(broken.getMessage()));
        }
    }

    /// The unpacked file goes at once: those of a hundred packed ones must not lie side by side.
    private void readPacked(Path file, RowSink sink) throws IOException {
        Path plain = file.resolveSibling(file.getFileName() + ".plain");
        try {
            unpack(file, plain);
            readPlain(plain, sink);
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private void readPlain(Path plain, RowSink sink) throws IOException {
        if (isParquet(plain)) {
            new ParquetRows(staging, intake).read(plain, sink);
        } else {
            readText(plain, sink);
        }
    }

    private void readText(Path plain, RowSink sink) throws IOException {
        InputStream bytes =
                new CancellableStream(Files.newInputStream(plain), intake.cancellation());
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            switch (firstLetter(text)) {
                case '{', '[' -> new JsonRows().read(text, sink);
                default -> new CsvRows().read(text, sink);
            }
        }
    }

    /// Skips a byte-order mark; looks at the first letter without taking it.
    private static int firstLetter(BufferedReader text) throws IOException {
        text.mark(1);
        int first = text.read();
        while (first == BYTE_ORDER_MARK || (first >= 0 && Character.isWhitespace(first))) {
            text.mark(1);
            first = text.read();
        }
        text.reset();
        return first;
    }

    private static boolean isPacked(Path file) throws IOException {
        byte[] start = start(file);
        return start.length >= 2 && ((start[0] & 0xFF) << 8 | (start[1] & 0xFF)) == GZIP_MAGIC;
    }

    private void unpack(Path file, Path plain) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                var out = Files.newOutputStream(plain)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                intake.take(read);
                out.write(buffer, 0, read);
            }
        } catch (EOFException cutOff) {
            throw new ZipException("cut off");
        }
    }

    private static boolean isParquet(Path file) throws IOException {
        return Arrays.equals(start(file), PARQUET_MAGIC);
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(PARQUET_MAGIC.length);
        }
    }

    private static String where(JacksonException broken) {
        return broken.getLocation() == null
                ? ""
                : "is broken at line " + broken.getLocation().getLineNr() + ": ";
    }

    private static EngineException unreadable(LandedFile file, String why) {
        return new EngineException(
                ErrorCode.INVALID_PARAMETER, "file: " + file.name() + " " + why + ".");
    }
}
