package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
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
    private static final long UNPACKED_BYTES_MAX = 32L << 30;

    private final DuckDBConnection staging;

    FileReader(DuckDBConnection staging) {
        this.staging = staging;
    }

    /// @throws EngineException INVALID_PARAMETER when the file as a whole cannot be read
    void read(LandedFile file, RowSink sink) throws IOException {
        try {
            Path plain = unpacked(file.copy());
            if (isParquet(plain)) {
                new ParquetRows(staging).read(plain, sink);
            } else {
                readText(plain, sink);
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

    private static void readText(Path plain, RowSink sink) throws IOException {
        try (BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(plain),
                                StandardCharsets.UTF_8.newDecoder()))) {
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

    private static Path unpacked(Path file) throws IOException {
        byte[] start = start(file);
        if (start.length < 2 || ((start[0] & 0xFF) << 8 | (start[1] & 0xFF)) != GZIP_MAGIC) {
            return file;
        }
        Path plain = file.resolveSibling(file.getFileName() + ".plain");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                var out = Files.newOutputStream(plain)) {
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > UNPACKED_BYTES_MAX) {
                    throw new ZipException("too large");
                }
                out.write(buffer, 0, read);
            }
        } catch (EOFException cutOff) {
            throw new ZipException("cut off");
        }
        return plain;
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
