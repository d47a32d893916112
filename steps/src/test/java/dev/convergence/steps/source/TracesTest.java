package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What the bytes of a file rule out, no value of it has.
class TracesTest {

    private static final Set<Trace> NOTHING = EnumSet.noneOf(Trace.class);

    @Test
    void a_clean_file_leaves_nothing_to_ask_its_values_for() throws IOException {
        String tags = "\"{\"\"env\"\": \"\"prod\"\", \"\"team\"\": \"\"a b\"\"}\"";
        assertThat(traces("Name,Tags,Cost\nTwo words," + tags + ",0.001\n\"q\",\"\",1\n", ','))
                .isEqualTo(NOTHING);
    }

    @Test
    void blanks_at_the_end_are_found_at_separators_lines_quotes_and_the_end_of_the_file()
            throws IOException {
        for (String text : List.of("a ,b\n", "a,b \n", "\"a \",b\n", "a,\"b \"\n", "a,b ")) {
            assertThat(traces(text, ',')).as(text).containsExactly(Trace.SPACE_BEHIND);
        }
        assertThat(traces("a;b ;c\n", ';')).containsExactly(Trace.SPACE_BEHIND);
        assertThat(traces("a,b\t\n", ',')).containsExactly(Trace.TAB_BEHIND);
        assertThat(traces("a\t\tb\n", '\t')).isEqualTo(NOTHING);
        assertThat(traces("a\t\"b\t\"\tc\n", '\t')).containsExactly(Trace.TAB_BEHIND);
    }

    @Test
    void a_line_end_counts_inside_quotes_only_and_a_return_always() throws IOException {
        assertThat(traces("a,b\n\"c\",d\n", ',')).isEqualTo(NOTHING);
        assertThat(traces("a,\"b\n\"\n", ',')).containsExactly(Trace.LINE_END_BEHIND);
        assertThat(traces("a,b\r\n", ',')).containsExactly(Trace.RETURN_BEHIND);
    }

    @Test
    void words_for_nothing_are_found_wherever_they_stand() throws IOException {
        assertThat(traces("a,NULL\n", ',')).containsExactly(Trace.NULL_WORD);
        assertThat(traces("a,0001-01-01T00:00:00\n", ',')).containsExactly(Trace.NO_DATE);
        assertThat(traces("a,0001-01-0", ',')).isEqualTo(NOTHING);
        assertThat(traces("", ',')).isEqualTo(NOTHING);
    }

    @Test
    void a_trace_that_lies_across_two_parts_of_a_long_file_is_found() throws IOException {
        String filled = "a".repeat((1 << 20) - 1) + "\n" + "a".repeat((1 << 20) - 1);
        assertThat(traces(filled + "NULL,b\n", ',')).containsExactly(Trace.NULL_WORD);
        assertThat(traces(filled + "a ,b\n", ',')).containsExactly(Trace.SPACE_BEHIND);
    }

    @Property(tries = 500)
    void what_a_value_has_is_never_ruled_out(@ForAll("lines") List<List<String>> lines)
            throws IOException {
        String text =
                lines.stream()
                        .map(line ->
                                line.stream()
                                        .map(TracesTest::written)
                                        .collect(Collectors.joining(",")))
                        .collect(Collectors.joining("\n"));
        Set<Trace> possible = traces(text, ',');
        lines.stream()
                .flatMap(List::stream)
                .forEach(value -> assertThat(possible).as(text).containsAll(had(value)));
    }

    @Provide
    Arbitrary<List<List<String>>> lines() {
        Arbitrary<String> value =
                Arbitraries.of("", " ", "\t", "\r", "\n", "\"", ",", "a", "NULL", "0001-01-01", "0")
                        .list()
                        .ofMaxSize(4)
                        .map(parts -> String.join("", parts));
        return value.list().ofMinSize(1).ofMaxSize(4).list().ofMinSize(1).ofMaxSize(4);
    }

    private static String written(String value) {
        boolean quoted = value.chars().anyMatch(letter -> "\",\r\n".indexOf(letter) >= 0);
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static Set<Trace> had(String value) {
        Set<Trace> had = EnumSet.noneOf(Trace.class);
        if (value.endsWith(" ")) {
            had.add(Trace.SPACE_BEHIND);
        } else if (value.endsWith("\t")) {
            had.add(Trace.TAB_BEHIND);
        } else if (value.endsWith("\r")) {
            had.add(Trace.RETURN_BEHIND);
        } else if (value.endsWith("\n")) {
            had.add(Trace.LINE_END_BEHIND);
        }
        if (value.equals("NULL")) {
            had.add(Trace.NULL_WORD);
        }
        if (value.startsWith("0001-01-01")) {
            had.add(Trace.NO_DATE);
        }
        return had;
    }

    private static Set<Trace> traces(String text, char separator) throws IOException {
        Path file = Files.createTempFile("traces", ".csv");
        try {
            Files.writeString(file, text);
            return Traces.in(file, separator);
        } finally {
            Files.delete(file);
        }
    }
}
