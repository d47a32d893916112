package dev.convergence.service.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// What stands for `./convergence` while commands of pages are run: the command line as it was just
/// compiled.
final class Launcher {

    private Launcher() {}

    static void into(Path folder) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path script = folder.resolve("convergence");
        Files.writeString(
                script,
                """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' dev.convergence.cli.Main "$@"
                """
                        .formatted(java, System.getProperty("java.class.path")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /// Neither reads nor writes what the person has who runs the tests.
    static void alone(Map<String, String> environment, Path folder) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("CONVERGENCE_") || name.endsWith("_KEY"));
        environment.put("XDG_CONFIG_HOME", folder.resolve(".config").toString());
    }
}
