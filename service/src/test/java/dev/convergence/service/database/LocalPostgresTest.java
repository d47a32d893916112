package dev.convergence.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convergence.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPostgresTest {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private static Path all;
    private static Path programs;

    private Path data;

    /// Below a folder that every account may enter, unlike the temporary folders of the runner.
    @BeforeAll
    static void unpack() throws IOException {
        all = open(Files.createTempDirectory("convergence-test"));
        programs = PostgresBinaries.unpackBelow(all);
    }

    @AfterAll
    static void remove() throws IOException {
        Folders.delete(all);
    }

    @BeforeEach
    void makeFolder() throws IOException {
        data = open(Files.createTempDirectory(all, "data"));
        Path home = Files.createDirectory(data.resolve("postgres"));
        Files.createSymbolicLink(home.resolve(programs.getFileName()), programs);
    }

    @Test
    void a_stop_and_a_second_start_keep_the_data() throws SQLException, IOException {
        try (DataDirectory directory = DataDirectory.open(data)) {
            try (LocalPostgres server = LocalPostgres.start(directory)) {
                Rows.write(server.address(), "kept");
            }
            assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
            try (LocalPostgres server = LocalPostgres.start(directory)) {
                assertThat(server.found()).isFalse();
                assertThat(Rows.read(server.address())).isEqualTo("kept");
                assertThat(Files.readString(data.resolve("database.url")))
                        .startsWith("postgresql://convergence:");
                assertThat(Files.getPosixFilePermissions(data.resolve("database.url"))).hasSize(2);
            }
        }
    }

    @Test
    void a_server_left_by_a_killed_process_is_found_and_used() throws Exception {
        kill(child(List.of(), System.getProperty("java.class.path")));

        try (DataDirectory directory = DataDirectory.open(data);
                LocalPostgres server = LocalPostgres.start(directory)) {
            assertThat(server.found()).isTrue();
            assertThat(Rows.read(server.address())).isEqualTo("child");
        }
    }

    @Test
    void data_after_a_crash_of_everything_is_recovered() throws Exception {
        kill(child(List.of(), System.getProperty("java.class.path")));
        kill(ProcessHandle.of(postmaster()).orElseThrow());

        try (DataDirectory directory = DataDirectory.open(data);
                LocalPostgres server = LocalPostgres.start(directory)) {
            assertThat(server.found()).isFalse();
            assertThat(Rows.read(server.address())).isEqualTo("child");
        }
    }

    @Test
    void a_pid_file_whose_number_belongs_to_another_program_is_passed_over() throws IOException {
        try (DataDirectory directory = DataDirectory.open(data)) {
            LocalPostgres.start(directory).close();
            Files.writeString(
                    data.resolve("postgres/data/postmaster.pid"),
                    ProcessHandle.current().pid() + "\n/elsewhere\n1\n5432\n\n127.0.0.1\n");

            try (LocalPostgres server = LocalPostgres.start(directory)) {
                assertThat(server.found()).isFalse();
            }
        }
    }

    @Test
    void a_folder_serves_one_server_at_a_time() {
        try (DataDirectory first = DataDirectory.open(data)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("Another server is using the data directory");
        }
        DataDirectory.open(data).close();
    }

    @Test
    void a_server_that_could_lose_commits_is_refused() throws SQLException {
        try (Connection connection =
                TestPostgres.dataSource(TestPostgres.freshDatabase()).getConnection()) {
            assertThatThrownBy(() -> ServerSettings.requireDurable(connection))
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("fsync=off");
        }
    }

    @Test
    void root_without_namespaces_runs_it_as_another_account() throws Exception {
        assumeTrue(ROOT, "only root can run it as another account");
        assumeTrue(Programs.succeeds("setpriv", "--version"), "setpriv is not installed");
        var account = new ServerAccount.Lowered("nobody");

        try (DataDirectory directory = DataDirectory.open(data);
                LocalPostgres server =
                        LocalPostgres.start(
                                PostgresCluster.below(data.resolve("postgres"), account),
                                directory)) {
            Rows.write(server.address(), "lowered");
            assertThat(ProcessHandle.of(postmaster()).orElseThrow().info().user())
                    .contains("nobody");
        }
        try (DataDirectory directory = DataDirectory.open(data);
                LocalPostgres server = LocalPostgres.start(directory)) {
            assertThat(Rows.read(server.address())).isEqualTo("lowered");
        }
    }

    @Test
    void a_folder_that_the_other_account_cannot_enter_is_refused() throws IOException {
        assumeTrue(ROOT, "only root can run it as another account");
        assumeTrue(Programs.succeeds("setpriv", "--version"), "setpriv is not installed");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() ->
                        PostgresCluster.below(
                                data.resolve("postgres"), new ServerAccount.Lowered("nobody")))
                .isInstanceOf(DatabaseRefused.class)
                .hasMessageContaining("nobody here, who cannot enter");
    }

    @Test
    void an_ordinary_user_runs_it_too() throws Exception {
        assumeTrue(ROOT, "every other test shows it, when an ordinary user runs them");
        assumeTrue(Programs.succeeds("setpriv", "--version"), "setpriv is not installed");
        Folders.give(data, "nobody");

        kill(
                child(
                        List.of("setpriv", "--reuid=nobody", "--clear-groups", "--"),
                        copiedClassPath()));

        try (DataDirectory directory = DataDirectory.open(data);
                LocalPostgres server = LocalPostgres.start(directory)) {
            assertThat(server.found()).isTrue();
            assertThat(Rows.read(server.address())).isEqualTo("child");
        }
    }

    private Process child(List<String> before, String classPath) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.addAll(List.of(KeepsServer.class.getName(), data.toString()));
        Process child =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("written");
        return child;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postgres/data/postmaster.pid")).getFirst());
    }

    /// The class path in places that every account may read: other users' home folders are closed.
    private static String copiedClassPath() throws IOException {
        Path copies = open(Files.createTempDirectory(all, "classes"));
        List<Path> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path source = Path.of(entry);
            if (Files.exists(source)) {
                copied.add(copy(source, copies.resolve(copied.size() + ".d")));
            }
        }
        return copied.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path copy(Path source, Path target) throws IOException {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
        return target;
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
