package dev.convergence.steps.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.steps.SwitchedOff;
import dev.convergence.steps.duckdb.Session;
import dev.convergence.steps.duckdb.Staging;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What DuckDB makes of a text is what Java makes of it.
class TypingTest {

    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "-0",
                    "1",
                    "+1.5",
                    ".5",
                    "5.",
                    "-.5",
                    "1e5",
                    "1E-5",
                    "5.64902E-05",
                    "2e-05",
                    "-2e-5",
                    "+.5E-9",
                    "12345678901e-09",
                    "1.2345678901e-9",
                    ".12345678901e-9",
                    ".123456789055e-9",
                    "1e-012",
                    "1e-0",
                    "1_0e-05",
                    "e-05",
                    "1e-05e-05",
                    "1e-25",
                    "0.000000000000000000005",
                    "0.000000000000000000015",
                    "-0.000000000000000000005",
                    "-0.000000000000000000015",
                    "0.0000000000000000000150000001",
                    "1.5e-20",
                    "123456789012345678.12345678901234567891",
                    "999999999999999999",
                    "1e17",
                    "1000000000000000000",
                    "-1e18",
                    "1e400",
                    "1e-400",
                    "12.000000000000000000025",
                    "12.000000000000000000035",
                    "0.30000000000000004",
                    "1_000",
                    "1,000",
                    "inf",
                    "nan",
                    "NaN",
                    "0x1F",
                    "1e",
                    "e5",
                    ".",
                    "-",
                    "--1",
                    "1 2",
                    "1e1.5",
                    "true",
                    "five");

    private static final List<String> TIMES =
            List.of(
                    "2026-10-05",
                    "2026-10-05T01:02:03Z",
                    "2026-10-05 01:02:03",
                    "2026-10-05T01:02Z",
                    "2026-10-05 01:02:03 UTC",
                    "2026-10-05 01:02:03.25 UTC",
                    "2026-10-05 01:02:03+00",
                    "2026-10-05 01:02:03 +00",
                    "2026-10-05T01:02:03.125+00:00",
                    "2026-10-05 01:02:03-05:30",
                    "2026-10-05 01:02:03+13:00",
                    "2026-10-05 01:02:03 CET+00",
                    "2026-10-05 25:02:03+00",
                    "2026-10-05 at noon, UTC",
                    "2026-10-05T01:02:03+02:00",
                    "2026-10-05T01:02:03.5Z",
                    "2026-10-05 01:02:03+0200",
                    "2026-10-05T01:02:03 +02:00",
                    "2026-10-05 01:02:03.25",
                    "2026-10-05T01:02:03.123456Z",
                    "10/5/2026",
                    "10/05/2026",
                    "5 October",
                    "2026/10/05",
                    "2026-13-01",
                    "2026-10-05T25:00:00Z",
                    "infinity",
                    "yesterday",
                    "2026-1-1");

    @TempDir private Path directory;
    private Staging database;
    private Session session;

    @BeforeEach
    void open() throws Exception {
        database = Staging.open(directory.resolve("typing.duckdb"));
        session = new Session(database.connect(), SwitchedOff.never());
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        database.close();
    }

    @Test
    void numbers_keep_every_digit_and_are_rounded_half_to_even() throws Exception {
        List<String> texts = new ArrayList<>(NUMBERS);
        Random random = new Random(20261122);
        for (int i = 0; i < 3000; i++) {
            texts.add(number(random));
        }
        List<@Nullable BigDecimal> found = asked(texts, Typing.money("t"), row -> (BigDecimal) row);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(found.get(i)).as(texts.get(i)).isEqualTo(money(texts.get(i)));
        }
    }

    @Test
    void times_are_read_in_all_their_spellings() throws Exception {
        List<@Nullable Timestamp> found = asked(TIMES, Typing.time("t"), row -> (Timestamp) row);
        for (int i = 0; i < TIMES.size(); i++) {
            String text = TIMES.get(i);
            Timestamp time = found.get(i);
            assertThat(time == null ? null : time.toLocalDateTime()).as(text).isEqualTo(time(text));
        }
    }

    @Test
    void blanks_and_words_for_nothing_are_no_values() throws Exception {
        List<String> texts =
                List.of(
                        "",
                        " ",
                        "NULL",
                        " NULL\t",
                        "0001-01-01",
                        "0001-01-01T00:00:00Z",
                        " a b ",
                        "\ta\r\n",
                        "NULLS");
        List<@Nullable String> found = asked(texts, Typing.cleaned("t"), row -> (String) row);
        assertThat(found)
                .isEqualTo(Arrays.asList(null, null, null, null, null, null, "a b", "a", "NULLS"));
    }

    @Test
    void quotients_are_exact_to_twenty_places() throws Exception {
        Random random = new Random(7);
        List<String> texts =
                new ArrayList<>(
                        List.of("1 3", "2 3", "1 0", "0 5", "-1 8", "7 -2", "0.395856 16.494"));
        for (int i = 0; i < 1000; i++) {
            texts.add(plain(random) + " " + plain(random));
        }
        Cells cells = new Cells(Header.of(List.of("a", "b")), true, LocalDate.EPOCH);
        String quotient = Quotient.of(cells, cells.text("a"), cells.text("b"));
        String lines =
                "(SELECT split_part(t, ' ', 1) AS t_a, split_part(t, ' ', 2) AS t_b FROM texts ORDER BY i)";
        for (var work : cells.worked().entrySet()) {
            lines = "(SELECT *, %s AS %s FROM %s)".formatted(work.getValue(), work.getKey(), lines);
        }
        put(texts);
        List<String> found =
                session.list("SELECT " + quotient + " FROM " + lines, row -> row.getString(1));
        for (int i = 0; i < texts.size(); i++) {
            String[] sides = texts.get(i).split(" ", 2);
            String wanted = Money.quotient(sides[0], sides[1]);
            if (wanted == null) {
                assertThat(found.get(i)).as(texts.get(i)).isNull();
            } else {
                assertThat(new BigDecimal(found.get(i)))
                        .as(texts.get(i))
                        .isEqualByComparingTo(wanted);
            }
        }
    }

    private void put(List<String> texts) throws Exception {
        session.execute("CREATE OR REPLACE TABLE texts (i INTEGER, t VARCHAR)");
        for (int i = 0; i < texts.size(); i++) {
            session.execute("INSERT INTO texts VALUES (?, ?)", i, texts.get(i));
        }
    }

    private <T> List<@Nullable T> asked(
            List<String> texts, String expression, Function<Object, T> as) throws Exception {
        put(texts);
        List<@Nullable T> found = new ArrayList<>();
        session.each(
                "SELECT " + expression + " FROM texts ORDER BY i",
                row -> {
                    Object value = row.getObject(1);
                    found.add(value == null ? null : as.apply(value));
                });
        return found;
    }

    private static String number(Random random) {
        String digits = plain(random);
        return random.nextInt(3) == 0 ? digits + "e" + (random.nextInt(12) - 10) : digits;
    }

    /// Up to twelve digits before the point; often a five at the end, where rounding is close.
    private static String plain(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(random.nextLong(1, 100_000_000)).append('.');
        for (int places = random.nextInt(24); places > 0; places--) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.append('5').toString();
    }

    private static @Nullable BigDecimal money(String text) {
        try {
            return Money.of(text);
        } catch (BadValue none) {
            return null;
        }
    }

    private static java.time.@Nullable LocalDateTime time(String text) {
        try {
            return Times.time(text).atOffset(ZoneOffset.UTC).toLocalDateTime();
        } catch (BadValue none) {
            return null;
        }
    }
}
