package dev.convergence.service.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs `initdb`, `pg_ctl` and `postgres`, unpacked once per version below a folder.
final class PostgresBinaries {

    private static final Set<PosixFilePermission> FILE =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> PROGRAM = program();
    private static final int OWNER_EXECUTES = 0100;

    private PostgresBinaries() {}

    /// The folder that holds `bin`, `lib` and `share`.
    static Path unpackBelow(Path folder) throws IOException {
        URL archive = archive();
        Path home = folder.resolve("programs-" + fingerprint(archive));
        if (!Files.isDirectory(home)) {
            Path half = folder.resolve(home.getFileName() + ".unpacking");
            Folders.delete(half);
            unpack(archive, half);
            Files.move(half, home);
        }
        return home;
    }

    private static URL archive() {
        String name = "postgres-" + system() + "-" + processor() + ".txz";
        URL archive = PostgresBinaries.class.getResource("/" + name);
        if (archive == null) {
            throw new DatabaseRefused(
                    "There is no embedded PostgreSQL for this machine ("
                            + name
                            + "). Set DATABASE_URL to a PostgreSQL 15 or newer.");
        }
        return archive;
    }

    private static String system() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return system.startsWith("mac") ? "darwin" : system;
    }

    private static String processor() {
        String processor = System.getProperty("os.arch", "");
        return switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> processor;
        };
    }

    /// The archive's checksum as its jar has it: another version has another one, and nothing needs
    /// to be read for it.
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        long number =
                connection instanceof JarURLConnection jar
                        ? checksum(jar)
                        : connection.getContentLengthLong();
        return Long.toHexString(number);
    }

    private static long checksum(JarURLConnection connection) throws IOException {
        try (var jar = connection.getJarFile()) {
            return jar.getJarEntry(connection.getEntryName()).getCrc();
        }
    }

    private static void unpack(URL archive, Path home) throws IOException {
        try (InputStream bytes = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(
                                new XZInputStream(new BufferedInputStream(bytes)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, home.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            boolean runs = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(target, runs ? PROGRAM : FILE);
        }
    }

    private static Set<PosixFilePermission> program() {
        Set<PosixFilePermission> permissions = EnumSet.copyOf(FILE);
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        return permissions;
    }
}
