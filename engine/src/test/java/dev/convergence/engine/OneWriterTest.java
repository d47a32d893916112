package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Where a job waits, runs and ends is written in one room; all others read.
class OneWriterTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/convergence/engine");
    private static final Pattern WRITES =
            Pattern.compile(
                    "(INSERT INTO|UPDATE|DELETE FROM)\\s+"
                            + "(job|ready|deferred|parked|lease|run|permit|in_flight)\\b");

    @Test
    void only_the_queue_writes_the_state_of_jobs() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> writers =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(OneWriterTest::writesState)
                            .toList();
            assertThat(writers)
                    .isNotEmpty()
                    .allMatch(file -> file.startsWith(SOURCES.resolve("queue")));
        }
    }

    private static boolean writesState(Path file) {
        try {
            return WRITES.matcher(Files.readString(file)).find();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
