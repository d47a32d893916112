package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page of the architecture names the rooms and the loops that there are.
class ArchitecturePageTest {

    private static final String PAGE = "docs/architecture.md";
    private static final Path ENGINE =
            Pages.root().resolve("engine/src/main/java/dev/convergence/engine");

    @Test
    void every_room_of_the_engine_is_listed() throws IOException {
        try (Stream<Path> files = Files.list(ENGINE)) {
            List<String> rooms =
                    files.filter(Files::isDirectory)
                            .map(room -> room.getFileName().toString())
                            .toList();

            assertThat(firstColumn("## The engine's rooms"))
                    .containsExactlyInAnyOrderElementsOf(rooms);
        }
    }

    @Test
    void every_loop_of_a_node_is_listed() {
        String wiring = "service/src/main/java/dev/convergence/service/wiring/";
        String code =
                Pages.text(ENGINE.resolve("Node.java"))
                        + Pages.text(wiring + "EngineWiring.java")
                        + Pages.text(wiring + "ConsoleWiring.java");
        Set<String> loops =
                new TreeSet<>(Pages.found(code, "(?:\\bloop|new Loop)\\(\\s*\"([a-z-]+)\""));

        assertThat(firstColumn("## What runs in a node"))
                .containsExactlyInAnyOrderElementsOf(loops);
    }

    private static Set<String> firstColumn(String heading) {
        return Pages.found(Pages.section(PAGE, heading), "^\\| `([a-z-]+)` \\|").stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
