package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests that the page of scenarios names are there.
class ScenariosPageTest {

    @Test
    void each_named_test_is_there() throws IOException {
        List<String> named =
                Pages.found(Pages.text("docs/scenarios.md"), "`(\\w+Test\\.\\w+)`").stream()
                        .distinct()
                        .toList();

        assertThat(named).hasSizeGreaterThan(50).allMatch(ScenariosPageTest::isThere);
    }

    private static boolean isThere(String name) {
        String[] parts = name.split("\\.");
        return sources().stream()
                .filter(file -> file.endsWith(parts[0] + ".java"))
                .anyMatch(file -> Pages.text(file).contains(" void " + parts[1] + "("));
    }

    private static List<Path> sources() {
        return Stream.of("engine", "service").flatMap(ScenariosPageTest::sources).toList();
    }

    private static Stream<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(Pages.root().resolve(module + "/src/test"))) {
            return files.filter(file -> file.toString().endsWith("Test.java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
