package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Of JSON lines DuckDB's own reader takes what it reads as Java would; the rest is left to Java.
class JsonLinesTest {

    private static final String PLAIN = "{\"a\":\"x\",\"b\":{\"c\":1.5,\"d\":[1,\"y\"]}}\n";

    private static Path directory;
    private static Path file;
    private static Staging staging;
    private static Session session;

    @BeforeAll
    @BeforeContainer
    static void open() throws Exception {
        directory = Files.createTempDirectory("json-lines");
        file = directory.resolve("it's a file");
        staging = Staging.open(directory.resolve("staging"));
        session = new Session(staging.connect(), SwitchedOff.never());
    }

    @AfterAll
    @AfterContainer
    static void close() throws Exception {
        session.close();
        staging.close();
        Files.deleteIfExists(file);
    }

    @Test
    void each_line_is_a_row_whatever_stands_between_them() throws Exception {
        assertThat(read(PLAIN + "\n \t\n" + PLAIN.strip() + " \r\n" + " " + PLAIN.strip()))
                .isEqualTo(
                        List.of(
                                Map.of("a", "x", "bc", "1.5", "bd", "[1,\"y\"]"),
                                Map.of("a", "x", "bc", "1.5", "bd", "[1,\"y\"]"),
                                Map.of("a", "x", "bc", "1.5", "bd", "[1,\"y\"]")));
    }

    @Test
    void what_a_line_lacks_or_has_as_null_is_no_value() throws Exception {
        assertThat(read("{\"a\":null}\n{\"b\":null}\n{\"b\":{\"c\":\" z \",\"e\":\"\"}}\n"))
                .isEqualTo(List.of(Map.of(), Map.of(), Map.of("bc", "z")));
    }

    @Test
    void an_object_that_is_wanted_and_what_is_in_it_are_both_read() throws Exception {
        JsonLines lines = plain("{\"a~/b\":{\"c\":{\"d\":\"x\"}}}\n");
        assertThat(rows(lines, Set.of("ab", "abc", "abcd")))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "ab",
                                        "{\"c\":{\"d\":\"x\"}}",
                                        "abc",
                                        "{\"d\":\"x\"}",
                                        "abcd",
                                        "x")));
    }

    @Test
    void a_name_that_one_line_of_many_has_is_known() throws Exception {
        String lines =
                PLAIN.repeat(100_000) + "{\"rare\":{\"name\":true}}\n" + PLAIN.repeat(30_000);
        JsonLines whole = plain(lines);
        assertThat(whole.header().has("rare.name")).isTrue();
        List<Map<String, String>> rows = rows(whole, Set.of("rarename"));
        assertThat(rows).hasSize(130_001);
        assertThat(rows.indexOf(Map.of("rarename", "true"))).isEqualTo(100_000);
    }

    @Test
    void lines_keep_their_order_and_a_long_one_is_one() throws Exception {
        String text =
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                "{\"n\":%d,\"text\":\"%s\"}\n"
                                        .formatted(i, "ab c".repeat(i % 7 * 100_000)))
                        .collect(Collectors.joining());
        assertThat(rows(plain(text), Set.of("n")))
                .extracting(row -> row.get("n"))
                .isEqualTo(IntStream.range(0, 60).mapToObj(String::valueOf).toList());
        assertThat(isPlain("{\"text\":\"" + "a".repeat(RecordLimit.CHARACTERS_MAX) + "\"}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1}{\"a\":2}",
                "{\"a\":1},",
                "{\"a\":\"x\",\"b\":{\"c\":1.5,\"d\":[1,\"y\"]},}",
                "{\"a\":\"x\",\"b\":{\"c\":1.5,\"d\":[1,\"y\"], \t}}",
                "{\"a\":\"x\",\"b\":{\"c\":1.5,\"d\":[1,\"y\",]}}",
                "[{\"a\":1}]",
                "text",
                "{\"a\":NaN}",
                "{\"a\":tru}",
                "{\"a\":\"x\ty\"}",
                "{\"a\":\"x",
                "{\"a\":1e400}",
                "{\"a\":0.12345678901234567891}",
                "{\"a\":\"NULL\"}",
                "{\"a\":\" NULL \"}",
                "{\"a\":{\"b\":\"0001-01-01T00:00:00Z\"}}",
                "{\"a\":\"\\tNULL\"}",
                "{\"a\":\"N\\u0055LL\"}",
                "{\"a\":\"x\\u0020\"}"
            })
    void a_file_with_such_a_line_is_left_to_java(String line) throws Exception {
        assertThat(isPlain(PLAIN + line + "\n" + PLAIN)).isFalse();
        assertThat(isPlain(PLAIN.repeat(40_000) + line)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":0.1234567890123456}",
                "{\"a\":-12345678901234567890}",
                "{\"a\":2e-05}",
                "{\"a\":\"\\u00e9\\u003d\\\"NULL\\\"\"}",
                "{\"NULL\":[\"NULL\",\"0001-01-01\"]}",
                "{}"
            })
    void a_file_with_such_a_line_is_plain(String line) throws Exception {
        assertThat(isPlain(PLAIN + line + "\n" + PLAIN)).isTrue();
    }

    @Test
    void a_file_with_very_many_shapes_is_left_to_java() throws Exception {
        String many =
                IntStream.range(0, 1_001)
                        .mapToObj(i -> "{\"a\":{\"key_" + i + "\":1}}\n")
                        .collect(Collectors.joining());
        assertThat(isPlain(many)).isFalse();
        assertThat(isPlain(many.lines().limit(1_000).collect(Collectors.joining("\n")))).isTrue();
    }

    @Property(tries = 300)
    void what_duckdb_reads_is_what_java_reads(@ForAll("lines") List<String> lines)
            throws Exception {
        Files.write(file, lines);
        Optional<JsonPaths> paths = JsonPaths.of(file);
        if (paths.isEmpty()) {
            return;
        }
        JsonLines whole = new JsonLines(file, paths.get());
        Set<String> names = whole.header().plainNames();
        List<Map<String, String>> rows = rows(whole, names);
        rows.forEach(row -> row.replaceAll((_, value) -> comparable(value)));
        assertThat(rows)
                .as(String.join("\n", lines))
                .isEqualTo(lines.stream().map(line -> byJava(line, names)).toList());
    }

    private static Map<String, String> byJava(String line, Set<String> names) {
        SourceRow row = JsonRows.row(1, JsonText.parse(line));
        Map<String, String> values = new TreeMap<>();
        names.forEach(name -> {
            String value = row.first(List.of(name));
            if (value != null) {
                values.put(name, comparable(value));
            }
        });
        return values;
    }

    /// Java writes what is nested, and numbers, in another way.
    private static String comparable(String value) {
        if (value.startsWith("{") || value.startsWith("[")) {
            JsonNode nested = JsonText.lenient(value);
            return nested.isMissingNode() ? value : "nested";
        }
        try {
            return new BigDecimal(value).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException text) {
            return value;
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c_d", "a much longer name", "é");
        Arbitrary<String> texts =
                Arbitraries.of(" ", "\\n", "\\t", "\\\\", "\\\"", "NUL", "N", "é", "\\u00e9", "x y")
                        .list()
                        .ofMaxSize(4)
                        .map(parts -> "\"" + String.join("", parts) + "\"");
        Arbitrary<String> numbers =
                Arbitraries.of(
                                "0",
                                "-1",
                                "1.50",
                                "2e-05",
                                "0.1234567890123456",
                                "12345678901234567890")
                        .injectNull(0.1)
                        .map(String::valueOf);
        Arbitrary<String> plain = Arbitraries.oneOf(texts, numbers, Arbitraries.of("true", "[]"));
        Arbitrary<String> objects = object(names, plain);
        return object(names, Arbitraries.oneOf(plain, objects)).list().ofMinSize(1).ofMaxSize(6);
    }

    private static Arbitrary<String> object(Arbitrary<String> names, Arbitrary<String> values) {
        return Arbitraries.maps(names, values)
                .ofMaxSize(4)
                .map(pairs ->
                        pairs.entrySet().stream()
                                .map(pair -> "\"" + pair.getKey() + "\": " + pair.getValue())
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private static boolean isPlain(String text) throws IOException {
        Files.writeString(file, text);
        return JsonPaths.of(file).isPresent();
    }

    private static JsonLines plain(String text) throws IOException {
        assertThat(isPlain(text)).isTrue();
        return new JsonLines(file, JsonPaths.of(file).orElseThrow());
    }

    private static List<Map<String, String>> read(String text) throws Exception {
        JsonLines lines = plain(text);
        return rows(
                lines,
                lines.header().plainNames().stream()
                        .filter(name -> !name.equals("b"))
                        .collect(Collectors.toSet()));
    }

    private static List<Map<String, String>> rows(JsonLines lines, Set<String> names)
            throws SQLException {
        List<String> wanted = new ArrayList<>(names);
        String values = wanted.stream().map(lines::value).collect(Collectors.joining(", "));
        return session.list(
                "SELECT " + values + " FROM " + lines.relation(names),
                row -> {
                    Map<String, String> found = new TreeMap<>();
                    for (int i = 0; i < wanted.size(); i++) {
                        String value = row.getString(i + 1);
                        if (value != null) {
                            found.put(wanted.get(i), value);
                        }
                    }
                    return found;
                });
    }
}
