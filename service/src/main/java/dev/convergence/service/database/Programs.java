package dev.convergence.service.database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs other programs to their end, within a time.
final class Programs {

    private static final Duration SHORT = Duration.ofSeconds(10);

    private Programs() {}

    static boolean succeeds(String... command) {
        return succeeds(List.of(command));
    }

    /// Whether the program is there and ends well.
    static boolean succeeds(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return ended(process, SHORT) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Runs in the folder; what the program said goes into the exception when it fails.
    ///
    /// Its output goes through a file: a pipe would stay open as long as a server it started.
    static void run(Path folder, List<String> command, Duration atMost) throws IOException {
        Path said = Files.createTempFile("convergence", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            if (!ended(process, atMost)) {
                throw new IOException(command.getFirst() + " took longer than " + atMost);
            }
            if (process.exitValue() != 0) {
                throw new IOException(Files.readString(said).strip());
            }
        } finally {
            Files.delete(said);
        }
    }

    private static boolean ended(Process process, Duration atMost) {
        try {
            if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
