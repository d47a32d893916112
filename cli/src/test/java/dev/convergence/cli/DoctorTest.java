package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.cli.Finding.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the doctor finds on a machine, and what it hands on from a server.
class DoctorTest {

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
    void a_server_that_is_away_fails_and_its_port_is_looked_at() {
        desk.close();

        assertThat(doctor()).isEqualTo(1);

        assertThat(desk.out()).contains("server", "FAIL", "./convergence serve", "is free");
    }

    @Test
    void a_servers_own_checks_are_shown_and_count() {
        String checks =
                """
                {"version": "1", "checks": [{"name": "database", "state": "OK", "detail": "answers"},
                  {"name": "mail", "state": "%s", "detail": "silent", "mend": "Look at SMTP_URL."}]}\
                """;

        desk.answers(checks.formatted("WARN"));
        assertThat(doctor("-o", "json")).isZero();
        assertThat(desk.out()).contains("\"check\" : \"mail\"", "\"mend\" : \"Look at SMTP_URL.\"");

        desk.answers(checks.formatted("FAIL"));
        assertThat(doctor()).isEqualTo(1);
        assertThat(desk.asked).contains("GET /health/details admin=op");
    }

    @Test
    void without_the_operators_key_it_says_what_was_left_out() {
        desk.environment.remove("ADMIN_API_KEY");

        assertThat(desk.answers("{\"version\": \"1\"}").run("doctor", "--data-dir", "nowhere"))
                .isZero();

        assertThat(desk.out()).contains("SKIPPED", "--admin-key-file");
    }

    @Test
    void a_key_that_others_may_read_fails_with_the_line_that_mends_it() throws Exception {
        Path key = Files.writeString(folder.resolve("master.key"), "x");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(new FolderChecks(folder).look())
                .contains(
                        Finding.fail(
                                "master.key", key + " may be read by others.", "chmod 600 " + key));

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertThat(new FolderChecks(folder).look())
                .filteredOn(finding -> finding.check().equals("master.key"))
                .extracting(Finding::state)
                .containsExactly(State.OK);
    }

    @Test
    void an_old_java_and_an_unbuilt_program_fail() {
        Machine machine = Machines.at(folder);

        assertThat(new MachineChecks(machine, 21, folder).look())
                .extracting(Finding::check, Finding::state)
                .containsExactly(
                        tuple("java", State.FAIL),
                        tuple("launcher", State.FAIL),
                        tuple("contexts", State.SKIPPED));
    }

    private int doctor(String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "doctor";
        line[1] = "--data-dir";
        line[2] = folder.resolve("nowhere").toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return desk.run(line);
    }
}
