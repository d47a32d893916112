package dev.convergence.steps.landing;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/// Brings a found file into the run's directory, by walking down to it without following any link.
///
/// The path was resolved before; whoever replaces a part of it by a link since then makes this fail
/// instead of reading from elsewhere.
final class SafeEntry {

    private static final Set<OpenOption> READING = Set.of(READ, NOFOLLOW_LINKS);

    /// Between two looks whether it is too much; the system copies a piece by itself.
    private static final int PIECE_BYTES = 1 << 20;

    private final FoundFile found;
    private final Path target;
    private final Intake intake;

    private SafeEntry(FoundFile found, Path target, Intake intake) {
        this.found = found;
        this.target = target;
        this.intake = intake;
    }

    /// @param home the tenant's folder, links resolved; the file is below it
    static LandedFile bring(Path home, FoundFile found, Path target, Intake intake)
            throws IOException {
        // What an earlier attempt left may be a name of the tenant's own file.
        Files.deleteIfExists(target);
        SafeEntry entry = new SafeEntry(found, target, intake);
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(home)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                entry.descend(secure, home.relativize(found.real()));
            } else {
                entry.copyByPath();
            }
        }
        return LandedFile.of(found.name(), target);
    }

    private void descend(SecureDirectoryStream<Path> folder, Path path) throws IOException {
        if (path.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> child =
                    folder.newDirectoryStream(path.getName(0), NOFOLLOW_LINKS)) {
                descend(child, path.subpath(1, path.getNameCount()));
            }
        } else if (isLinked(folder, path)) {
            intake.take(Files.size(target));
        } else {
            try (SeekableByteChannel bytes = folder.newByteChannel(path, READING)) {
                copyWhole(bytes);
            }
        }
    }

    /// Gives the file a second name, which costs nothing however long it is. Not everywhere: both
    /// must be on one disk, and some systems ask for more rights than reading.
    ///
    /// The walk comes after: a file with a name of ours cannot make room for another of its number,
    /// so what the walk finds with the same number is this file.
    private boolean isLinked(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        try {
            Files.createLink(target, found.real());
        } catch (IOException | UnsupportedOperationException notHere) {
            return false;
        }
        boolean isSame = false;
        try {
            isSame = isSame(attributes(target), walked(folder, name));
        } finally {
            if (!isSame) {
                Files.delete(target);
            }
        }
        return isSame;
    }

    private static boolean isSame(BasicFileAttributes linked, BasicFileAttributes walked) {
        return linked.isRegularFile()
                && linked.fileKey() != null
                && Objects.equals(linked.fileKey(), walked.fileKey());
    }

    private static BasicFileAttributes walked(SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    }

    private void copyByPath() throws IOException {
        try (SeekableByteChannel bytes = Files.newByteChannel(found.real(), READING)) {
            if (!found.real().toRealPath().equals(found.real())) {
                throw LandedFile.changed(found.name());
            }
            copyWhole(bytes);
        }
    }

    private void copyWhole(SeekableByteChannel bytes) throws IOException {
        FileStamp before = FileStamp.of(found.real());
        copy(bytes);
        if (!FileStamp.of(found.real()).equals(before)) {
            throw LandedFile.changed(found.name());
        }
    }

    private void copy(SeekableByteChannel bytes) throws IOException {
        long total = 0;
        try (FileChannel out = FileChannel.open(target, WRITE, CREATE_NEW)) {
            long copied;
            do {
                copied = out.transferFrom(bytes, total, PIECE_BYTES);
                intake.take(copied);
                total += copied;
            } while (copied > 0);
        }
    }
}
