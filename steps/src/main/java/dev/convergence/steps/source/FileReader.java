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
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.duckdb.DuckDBConnection;
import tools.jackson.core.JacksonException;

/// Reads CSV, JSON, JSON lines and Parquet, each also gzipped; the bytes tell which, not the name.
final class FileReader {

    private static final int BYTE_ORDER_MARK = '\uFEFF';
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final byte[] PARQUET_MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ZIP_MAGIC = {'P', 'K', 3, 4};
    private static final int BUFFER_BYTES = 1 << 16;

    /// Bills pack to a tenth or so.
    private static final int PACKED = 10;

    private final DuckDBConnection staging;
    private final Intake intake;
    private final boolean alone;
    private final SeenOnce seen = new SeenOnce();

    /// @param alone whether no other file of the load can hold the same bytes
    FileReader(DuckDBConnection staging, Intake intake, boolean alone) {
        this.staging = staging;
        this.intake = intake;
        this.alone = alone;
    }

    /// @throws EngineException INVALID_PARAMETER when the file as a whole cannot be read
    void read(LandedFile file, RowSink sink) throws IOException {
        try {
            if (isZip(file.path())) {
                throw new BadValue("is a zip archive; unpack it, or pack the file with gzip");
            }
            if (isPacked(file.path())) {
                readPacked(file, sink);
            } else {
                readPlain(file.name(), file.path(), sink);
            }
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(file, "is not UTF-8 text");
        } catch (ZipException broken) {
            throw unreadable(file, "is not a whole gzip file");
        } catch (JacksonException broken) {
            throw unreadable(
                    file,
                    broken.getCause() instanceof CharacterCodingException
                            ? "is not UTF-8 text"
                            : where(broken) + broken.getOriginalMessage());
        } catch (BadValue broken) {
            throw unreadable(file, String.valueOf(broken.getMessage()));
        }
    }

    /// The unpacked file goes at once: those of a hundred packed ones must not lie side by side.
    private void readPacked(LandedFile file, RowSink sink) throws IOException {
        Path packed = file.path();
        Path plain = packed.resolveSibling(packed.getFileName() + ".plain");
        try {
            unpack(packed, plain);
            readPlain(file.name(), plain, sink);
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private void readPlain(String name, Path plain, RowSink sink) throws IOException {
        try (Fingerprint bytes =
                new Fingerprint(
                        new CancellableStream(
                                Files.newInputStream(plain), intake.cancellation()))) {
            if (isParquet(plain)) {
                new ParquetRows(staging, intake).read(plain, sink);
            } else {
                readText(plain, bytes, sink);
            }
            if (!alone) {
                bytes.transferTo(OutputStream.nullOutputStream());
                refuseTwice(name, bytes);
            }
        }
    }

    /// Known only when it was read, but before anything of it counts.
    private void refuseTwice(String name, Fingerprint bytes) {
        String earlier = seen.earlier(name, bytes);
        if (earlier != null) {
            throw new BadValue("holds the same bytes as " + earlier + "; leave one of them out");
        }
    }

    private void readText(Path plain, InputStream bytes, RowSink sink) throws IOException {
        BufferedReader text =
                new BufferedReader(
                        new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        switch (firstLetter(text)) {
            case '{', '[' -> new JsonRows(seen).read(plain, text, sink);
            default -> new CsvRows(Separator.of(text)).read(plain, text, sink);
        }
    }

    /// Skips a byte-order mark; looks at the first letter without taking it.
    static int firstLetter(BufferedReader text) throws IOException {
        text.mark(1);
        int first = text.read();
        while (first == BYTE_ORDER_MARK || (first >= 0 && Character.isWhitespace(first))) {
            text.mark(1);
            first = text.read();
        }
        text.reset();
        return first;
    }

    /// About how long the files are when they are unpacked.
    static long bytesWithin(List<LandedFile> files) throws IOException {
        long bytes = 0;
        for (LandedFile file : files) {
            boolean isPacked = isPacked(file.path()) || isParquet(file.path());
            bytes += isPacked ? file.bytes() * PACKED : file.bytes();
        }
        return bytes;
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

    private static boolean isZip(Path file) throws IOException {
        return Arrays.equals(start(file), ZIP_MAGIC);
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
