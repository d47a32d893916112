package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Contexts, and which of flag, environment, context and default counts.
class ContextsTest {

    @TempDir Path folder;
    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder);
        desk.answers("{\"jobs\": []}");
        desk.environment.remove("CONVERGENCE_API_KEY");
        desk.environment.remove("ADMIN_API_KEY");
        desk.environment.remove("CONVERGENCE_SERVER");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void a_context_has_server_and_keys_in_a_file_for_its_owner_only() throws Exception {
        assertThat(set("one", "one_api_k")).isZero();

        assertThat(desk.run("job", "list")).isZero();

        assertThat(desk.asked).containsExactly("GET /api/v1/jobs?limit=50 tenant=one_api_k");
        Path file = folder.resolve("convergence/config.yaml");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void keys_are_never_shown_whole() {
        String secret = "one_api_abcdefghijklmnopqrstuvwxyz";
        set("one", secret);

        for (String verb : new String[] {"view", "get-contexts", "current-context"}) {
            assertThat(desk.run("config", verb)).isZero();
            assertThat(desk.out() + desk.err()).doesNotContain("abcdefgh");
        }
        assertThat(desk.run("config", "view", "-o", "json")).isZero();
        assertThat(desk.out()).contains("one_api_****wxyz").doesNotContain("abcdefgh");
    }

    @Test
    void a_flag_goes_before_the_environment_and_that_before_the_context() throws Exception {
        set("one", "one_api_k");
        Path file = Files.writeString(folder.resolve("key"), "flag_api_k\n");
        desk.environment.put("CONVERGENCE_API_KEY", "environment_api_k");

        assertThat(desk.run("job", "list")).isZero();
        assertThat(desk.run("job", "list", "--key-file", file.toString())).isZero();
        assertThat(desk.types("piped_api_k\n").run("job", "list", "--key-stdin")).isZero();
        assertThat(desk.run("job", "list", "--context", "one")).isZero();
        desk.environment.remove("CONVERGENCE_API_KEY");
        assertThat(desk.run("job", "list")).isZero();

        assertThat(desk.asked)
                .extracting(line -> line.replaceAll(".*tenant=", ""))
                .containsExactly(
                        "environment_api_k", "flag_api_k", "piped_api_k", "one_api_k", "one_api_k");
    }

    @Test
    void a_contexts_key_is_sent_to_its_own_server_only() {
        set("one", "one_api_k");
        try (Desk other = new Desk(folder)) {
            assertThat(desk.run("job", "list", "--server", other.address())).isEqualTo(3);

            assertThat(other.asked).isEmpty();
            assertThat(desk.err()).contains("own server only");
        }
    }

    @Test
    void the_first_context_is_the_current_one_until_another_is_used() {
        set("one", "one_api_k");
        set("two", "two_api_k");

        desk.run("config", "current-context");
        assertThat(desk.out().strip()).isEqualTo("one");
        assertThat(desk.run("config", "use-context", "two")).isZero();
        desk.run("config", "current-context");
        assertThat(desk.out().strip()).isEqualTo("two");
        desk.run("config", "get-contexts", "-o", "csv");
        assertThat(desk.out())
                .contains("*,two," + desk.address() + ",,tenant", ",one," + desk.address());
        assertThat(desk.run("config", "delete-context", "two", "--yes")).isZero();
        assertThat(desk.run("config", "current-context")).isEqualTo(4);
        assertThat(desk.run("job", "list", "--context", "two")).isEqualTo(4);
        assertThat(desk.err()).contains("There are: one.");
    }

    @Test
    void what_is_not_given_of_a_context_stays() {
        set("one", "one_api_k");
        desk.run("config", "set-context", "one", "--tenant", "other");

        desk.run("config", "view");

        assertThat(desk.out()).contains("server: " + desk.address(), "tenant: other", "one_api_");
    }

    @Test
    void no_key_on_stdin_is_refused_and_keeps_what_there_was() {
        set("one", "one_api_k");

        assertThat(desk.types("").run("config", "set-context", "one", "--key-stdin")).isEqualTo(2);

        desk.run("config", "view");
        assertThat(desk.out()).contains("one_api_");
    }

    @Test
    void a_key_on_stdin_goes_before_a_body_on_stdin() {
        desk.environment.put("CONVERGENCE_SERVER", desk.address());

        desk.types("piped_api_k\nname: g\n").run("group", "create", "-", "--key-stdin");

        assertThat(desk.asked.getLast()).endsWith("tenant=piped_api_k {\"name\":\"g\"}");
    }

    @Test
    void a_broken_file_is_told_and_not_overwritten() throws Exception {
        Path file = folder.resolve("convergence/config.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "contexts: [");

        assertThat(desk.run("config", "set-context", "one")).isEqualTo(2);

        assertThat(desk.err()).contains(file.toString());
        assertThat(file).hasContent("contexts: [");
    }

    @Test
    void contexts_that_are_none_are_not_taken_for_an_empty_file() throws Exception {
        Path file = folder.resolve("convergence/config.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "contexts: 5\n");

        assertThat(desk.run("config", "set-context", "one")).isEqualTo(2);

        assertThat(file).hasContent("contexts: 5");
    }

    private int set(String name, String key) {
        return desk.types(key + "\n")
                .run("config", "set-context", name, "--server", desk.address(), "--key-stdin");
    }
}
