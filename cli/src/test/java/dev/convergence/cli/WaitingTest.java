package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands that wait for what they began.
class WaitingTest {

    private static final String ACCEPTED =
            "{\"pipeline_logging_id\": \"r1\", \"status\": \"PENDING\"}";
    private static final String RUNNING = "{\"run_id\": \"r1\", \"state\": \"RUNNING\"}";
    private static final String COMPLETED = "{\"run_id\": \"r1\", \"state\": \"COMPLETED\"}";
    private static final String FAILED = "{\"run_id\": \"r1\", \"state\": \"FAILED\"}";

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

    @Test
    void a_run_that_completed_is_status_0_with_a_line_for_each_change() {
        desk.answersFirst(ACCEPTED, RUNNING, RUNNING).answers(COMPLETED);

        assertThat(desk.run("run", "start", "a/b/c", "--wait", "-o", "json")).isZero();

        assertThat(desk.out().strip()).isEqualTo(COMPLETED);
        assertThat(desk.err().lines()).containsExactly("RUNNING", "COMPLETED after 1 s");
    }

    @Test
    void a_run_that_failed_is_status_7() {
        desk.answersFirst(ACCEPTED, RUNNING).answers(FAILED);

        assertThat(desk.run("run", "start", "a/b/c", "--wait")).isEqualTo(7);
    }

    @Test
    void a_run_that_does_not_end_in_time_is_status_8() {
        desk.answersFirst(ACCEPTED).answers(RUNNING);

        assertThat(desk.run("run", "start", "a/b/c", "--wait", "--timeout", "3s")).isEqualTo(8);

        assertThat(desk.err()).contains("It goes on.");
        assertThat(desk.asked).hasSizeBetween(6, 9);
    }

    @Test
    void followed_logs_are_shown_once_each_beside_the_result() {
        desk.answersFirst(ACCEPTED, RUNNING, "one\n", RUNNING, "one\ntwo\n", COMPLETED)
                .answers("one\ntwo\nthree\n");

        assertThat(desk.run("run", "start", "a/b/c", "--follow")).isZero();

        assertThat(desk.err().lines().filter(line -> !line.matches("[A-Z]+.*")))
                .containsExactly("one", "two", "three");
        assertThat(desk.out()).contains("COMPLETED");
    }

    @Test
    void logs_are_data_and_followed_to_the_end() {
        desk.answersFirst(RUNNING, "one\n", COMPLETED).answers("one\ntwo\n");

        assertThat(desk.run("run", "logs", "r1", "-f")).isZero();

        assertThat(desk.out().lines()).containsExactly("one", "two");
    }

    @Test
    void in_a_window_one_line_changes_and_has_a_bar() {
        desk.at(new Terminal(true, true, true, 80));
        String steps = "{\"steps\": [{\"status\": \"COMPLETED\"}, {\"status\": \"RUNNING\"}]}";
        desk.answersFirst(RUNNING, steps).answers(COMPLETED);

        assertThat(desk.run("run", "watch", "r1")).isZero();

        assertThat(desk.err()).contains("\r", "[##########..........] 1/2");
    }
}
