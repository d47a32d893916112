package dev.convergence.steps.landing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Copies a file by walking down to it without following any link.
///
/// The path was resolved before; whoever replaces a part of it by a link since then makes the copy
/// fail instead of reading from elsewhere.
final class SafeCopy {

    /// Between two looks whether it is too much; the system copies a piece by itself.
    private static final int PIECE_BYTES = 1 << 20;

    private SafeCopy() {}

    /// @param file a path below `home`, links resolved
    /// @return the bytes copied
    static long copy(Path home, Path file, Path target, Intake intake) throws IOException {
        try (DirectoryStream<Path> directory = Files.newDirectoryStream(home);
                SeekableByteChannel bytes = open(directory, home, home.relativize(file))) {
            return write(bytes, target, intake);
        }
    }

    private static SeekableByteChannel open(
            DirectoryStream<Path> directory, Path home, Path relative) throws IOException {
        if (directory instanceof SecureDirectoryStream<Path> secure) {
            return descend(secure, relative);
        }
        SeekableByteChannel channel = noFollow(home.resolve(relative));
        if (!home.resolve(relative).toRealPath().equals(home.resolve(relative))) {
            channel.close();
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER, "file: '" + relative + "' changed while read.");
        }
        return channel;
    }

    private static SeekableByteChannel descend(SecureDirectoryStream<Path> directory, Path path)
            throws IOException {
        if (path.getNameCount() == 1) {
            return directory.newByteChannel(
                    path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }
        try (SecureDirectoryStream<Path> child =
                directory.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return descend(child, path.subpath(1, path.getNameCount()));
        }
    }

    private static SeekableByteChannel noFollow(Path path) throws IOException {
        return Files.newByteChannel(
                path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    private static long write(SeekableByteChannel bytes, Path target, Intake intake)
            throws IOException {
        long total = 0;
        try (FileChannel out = FileChannel.open(target, WRITE, CREATE, TRUNCATE_EXISTING)) {
            long copied;
            do {
                copied = out.transferFrom(bytes, total, PIECE_BYTES);
                intake.take(copied);
                total += copied;
            } while (copied > 0);
        }
        return total;
    }
}
