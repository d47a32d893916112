package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.example.Invoices;
import dev.convergence.testkit.TestPostgres;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The README shows programs that were run, and says of the engine what is so.
class ReadmeTest {

    private static final Path EXAMPLES = Path.of("src/test/java/dev/convergence/engine/example");
    private static final int LINES_MAX = 60;

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    private static List<String> matches(String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme())
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @Test
    void its_java_is_the_source_of_the_examples() throws IOException {
        assertThat(matches("^```java\n(.*?)^```"))
                .containsExactly(
                        Files.readString(EXAMPLES.resolve("Invoices.java")),
                        Files.readString(EXAMPLES.resolve("ReminderTest.java")))
                .allMatch(source -> source.lines().count() <= LINES_MAX);
    }

    @Test
    void its_first_example_sends_all_invoices() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestPostgres.freshDatabase() + "&currentSchema=convergence");
        config.setMaximumPoolSize(8);
        try (HikariDataSource source = new HikariDataSource(config)) {
            assertThat(new Invoices().sendAll(source)).isTrue();
        }
    }

    @Test
    void its_knobs_are_those_of_the_builder() throws IOException {
        Set<String> knobs =
                Stream.of(EngineBuilder.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .collect(Collectors.toSet());
        String table = matches("^## Its knobs\n(.*?)^## ").getFirst();
        List<String> told =
                Pattern.compile("^\\| `([a-z][a-zA-Z]+)` ", Pattern.MULTILINE)
                        .matcher(table)
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(told).containsExactlyInAnyOrderElementsOf(knobs);
    }

    @Test
    void what_one_may_use_is_there_and_public() throws IOException, ClassNotFoundException {
        for (String row : matches("^## What you may use\n(.*?)^All else").getFirst().split("\n")) {
            List<String> words =
                    Pattern.compile("`([^`]+)`")
                            .matcher(row)
                            .results()
                            .map(match -> match.group(1))
                            .toList();
            for (String type : words.subList(Math.min(1, words.size()), words.size())) {
                Class<?> found = Class.forName(words.getFirst() + "." + type);
                assertThat(Modifier.isPublic(found.getModifiers())).as(type).isTrue();
            }
        }
    }

    @Test
    void its_coordinates_are_those_of_the_module() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertThat(matches("^  (<(?:groupId|artifactId|version)>[^\n]*)"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(pom).contains(line));
    }
}
