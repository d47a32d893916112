package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Texts that somebody has looked at and approved, beside the tests.
///
/// `-Dapprove=true` writes them anew; look at the difference before it is committed.
final class Approved {

    private static final boolean WRITES = Boolean.getBoolean("approve");

    private Approved() {}

    static void text(String name, String text) {
        file(root().resolve("cli/src/test/resources/approved").resolve(name), text);
    }

    static void file(Path file, String text) {
        try {
            if (WRITES) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, text);
            }
            assertThat(file).as("approve with -Dapprove=true").exists();
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .limit(3)
                .filter(folder -> Files.exists(folder.resolve("docs/configuration.md")))
                .findFirst()
                .orElseThrow();
    }
}
