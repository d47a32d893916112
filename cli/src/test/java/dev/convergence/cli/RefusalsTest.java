package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person and a script are told when it does not work.
class RefusalsTest {

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
    void a_problem_is_told_whole_on_stderr() {
        desk.refuses(
                422,
                """
                {"title": "The request is not valid", "status": 422, "code": "VALIDATION_ERROR",
                 "detail": "Two fields are wrong.", "request_id": "req-1", "errors": [
                   {"field": "schedule_cron", "code": "CRON_INVALID", "detail": "minute 75\\u001b[2J"},
                   {"field": "priority", "code": "RANGE", "detail": "1 to 10"}]}\
                """);

        assertThat(desk.run("pipeline", "create", "a/b/c")).isEqualTo(1);

        Approved.text("output/problem.txt", desk.err());
        assertThat(desk.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400,1", "401,3", "403,3", "404,4", "409,5", "412,5", "422,1", "429,6", "500,1", "503,1",
        "504,8"
    })
    void each_kind_of_refusal_has_its_exit_code(int status, int code) {
        desk.refuses(status, "{\"detail\": \"No.\"}");

        assertThat(desk.run("job", "list")).isEqualTo(code);
    }

    @Test
    void a_server_that_is_not_there_is_status_9_and_says_what_was_tried() {
        desk.close();

        assertThat(desk.run("job", "list")).isEqualTo(9);

        assertThat(desk.err())
                .contains(desk.address(), "CONVERGENCE_SERVER", "./convergence serve", "doctor");
    }

    @Test
    void what_is_no_convergence_server_is_told() {
        assertThat(desk.answers("<html>").run("job", "list")).isEqualTo(1);

        assertThat(desk.err()).contains("Is it a convergence server?");
    }

    @Test
    void without_a_key_nobody_is_asked() {
        desk.environment.remove("CONVERGENCE_API_KEY");

        assertThat(desk.run("job", "list")).isEqualTo(3);

        assertThat(desk.err()).contains("CONVERGENCE_API_KEY", "--key-file", "set-context");
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void what_destroys_needs_a_yes() {
        assertThat(desk.run("tenant", "delete", "acme_corp")).isEqualTo(2);
        assertThat(desk.err()).contains("--yes");
        assertThat(desk.asked).isEmpty();

        desk.at(new Terminal(true, true, true, 80));
        assertThat(desk.types("n\n").run("tenant", "delete", "acme_corp")).isEqualTo(1);
        assertThat(desk.types("").run("tenant", "delete", "acme_corp")).isEqualTo(1);
        assertThat(desk.asked).isEmpty();
        assertThat(desk.types("y\n").run("tenant", "delete", "acme_corp")).isZero();
        assertThat(desk.err()).contains("Delete tenant acme_corp");

        desk.at(Terminal.NONE);
        assertThat(desk.run("tenant", "delete", "acme_corp", "--yes")).isZero();
        assertThat(desk.asked)
                .containsOnly("DELETE /api/v1/tenants/acme_corp tenant=acme_corp_api_k")
                .hasSize(2);
    }
}
