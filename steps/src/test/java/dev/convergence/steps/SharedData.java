package dev.convergence.steps;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real bills that lie beside the project; a test that needs one skips where they are not.
public final class SharedData {

    private SharedData() {}

    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
            folder = folder.getParent();
        }
        assumeTrue(false, "skipped: no shared/data/" + name + " beside the project");
        throw new IllegalStateException("unreachable");
    }
}
