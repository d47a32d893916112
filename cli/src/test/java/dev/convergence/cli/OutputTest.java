package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is shown, where, and in which form.
class OutputTest {

    private static final String JOBS =
            """
            {"jobs": [
              {"job_id": "1", "job_type": "probe", "state": "FAILED", "priority": 5, "cost": 0.10},
              {"job_id": "2", "job_type": "a\\u001b[31m, \\"b\\"", "state": "RUNNING", "queue_rank": null}
            ], "next_cursor": "abc"}\
            """;
    private static final Terminal WINDOW = new Terminal(true, true, true, 100);

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml", "csv"})
    void a_list_looks_as_approved(String format) {
        assertThat(desk.answers(JOBS).run("job", "list", "-o", format)).isZero();

        Approved.text("output/list." + format, desk.out());
        assertThat(desk.err()).contains("more with --cursor abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "yaml", "csv"})
    void one_thing_looks_as_approved(String format) {
        desk.answers("{\"run_id\": \"r\", \"rows\": 12, \"error\": null, \"params\": {\"a\": 1}}");

        assertThat(desk.run("job-run", "show", "r", "-o", format)).isZero();

        Approved.text("output/one." + format, desk.out());
        assertThat(desk.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "csv"})
    void a_query_keeps_numbers_as_they_are(String format) {
        desk.answers(
                """
                {"columns": [{"name": "cost"}, {"name": "n"}], "rows": [["0.10", 1], [null, 2],
                  [12345678901234567.10, 3], [0.00000000100, 4]], "truncated": true}\
                """);

        assertThat(desk.run("sql", "SELECT", "-o", format)).isZero();

        Approved.text("output/query." + format, desk.out());
        assertThat(desk.err()).contains("--limit");
    }

    @Test
    void in_a_window_a_table_is_cut_to_it_and_states_have_colours() {
        desk.answers(JOBS.replace("probe", "a very long kind of job that nobody would make"));

        assertThat(desk.at(WINDOW).run("job", "list")).isZero();

        String plain = desk.out().replaceAll("\u001b\\[[0-9;]*m", "");
        assertThat(plain.lines()).allMatch(line -> line.length() <= 100);
        assertThat(plain).contains("…");
        assertThat(desk.out()).contains("\u001b[31mFAILED");
    }

    @Test
    void no_color_means_no_color() {
        desk.environment.put("NO_COLOR", "1");

        assertThat(desk.answers(JOBS).at(WINDOW).run("job", "list")).isZero();

        assertThat(desk.out()).doesNotContain("\u001b");
    }

    @Test
    void an_empty_list_says_so_beside_the_table() {
        assertThat(desk.answers("{\"jobs\": []}").run("job", "list")).isZero();

        assertThat(desk.out().lines()).hasSize(1);
        assertThat(desk.err()).contains("There are none.");
    }

    @Test
    void quiet_says_nothing_beside_the_result() {
        assertThat(desk.answers(JOBS).run("job", "list", "-q")).isZero();

        assertThat(desk.err()).isEmpty();
    }

    @Test
    void debug_shows_requests_and_never_a_key() {
        assertThat(desk.answers(JOBS).run("job", "list", "--debug")).isZero();

        assertThat(desk.err())
                .contains("GET " + desk.address() + "/api/v1/jobs?limit=50 -> 200")
                .doesNotContain("acme_corp_api_k");
    }
}
