package dev.convergence.steps.landing;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
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

    private static final int BUFFER_BYTES = 1 << 16;

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
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = Files.newOutputStream(target);
                var in = Channels.newInputStream(bytes)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                intake.take(read);
                out.write(buffer, 0, read);
                total += read;
            }
        }
        return total;
    }
}
