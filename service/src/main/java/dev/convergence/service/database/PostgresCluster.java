package dev.convergence.service.database;

import dev.convergence.service.config.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The files of one PostgreSQL: its programs, its data, its password; and the commands on them.
final class PostgresCluster {

    static final String USER = "convergence";

    private static final String MAJOR_VERSION = "18";
    private static final Duration FIRST_TIME = Duration.ofMinutes(2);
    private static final Duration RECOVERY = Duration.ofMinutes(10);

    private final Path home;
    private final Path programs;
    private final ServerAccount account;
    private final String password;

    private PostgresCluster(Path home, Path programs, ServerAccount account, String password) {
        this.home = home;
        this.programs = programs;
        this.account = account;
        this.password = password;
    }

    /// Finds the files below the folder, or makes them.
    static PostgresCluster below(Path folder) throws IOException {
        return below(folder, ServerAccount.of(Files.createDirectories(folder).toRealPath()));
    }

    static PostgresCluster below(Path folder, ServerAccount account) throws IOException {
        Path home = Files.createDirectories(folder).toRealPath();
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Path programs = PostgresBinaries.unpackBelow(home);
        String password =
                PrivateFile.readOrCreate(home.resolve("password"), PrivateFile::randomWord);
        account.own(home);
        PostgresCluster cluster = new PostgresCluster(home, programs, account, password);
        cluster.initialize();
        return cluster;
    }

    Path data() {
        return home.resolve("data");
    }

    String password() {
        return password;
    }

    void start(int port) throws IOException {
        Map<String, String> settings = new TreeMap<>(ServerSettings.ALL);
        settings.put("port", String.valueOf(port));
        String options =
                settings.entrySet().stream()
                        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "));
        control(RECOVERY, "start", "-o", options, "-l", home.resolve("start.log").toString());
    }

    /// Ends sessions and writes everything down; without that within the time, stops at once, which
    /// loses nothing either but makes the next start recover.
    void stop(Duration atMost) throws IOException {
        try {
            control(atMost, "stop", "-m", "fast");
        } catch (IOException e) {
            control(atMost, "stop", "-m", "immediate");
        }
    }

    private void control(Duration atMost, String verb, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program("pg_ctl"), verb, "-w", "-D", data().toString()));
        command.addAll(List.of("-t", String.valueOf(Math.max(1, atMost.toSeconds()))));
        command.addAll(List.of(more));
        Programs.run(home, account.command(command), atMost.plusSeconds(1));
    }

    /// Makes the data in a folder of another name, so that a crash in between leaves none.
    private void initialize() throws IOException {
        if (Files.exists(data())) {
            refuseOtherVersion();
            return;
        }
        Path half = home.resolve("data.new");
        Folders.delete(half);
        Programs.run(
                home,
                account.command(
                        List.of(
                                program("initdb"),
                                "--pgdata=" + half,
                                "--username=" + USER,
                                "--pwfile=" + home.resolve("password"),
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--data-checksums")),
                FIRST_TIME);
        Files.move(half, data());
    }

    private void refuseOtherVersion() throws IOException {
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new DatabaseRefused(
                    data()
                            + " was written by PostgreSQL "
                            + version
                            + ", this build has "
                            + MAJOR_VERSION
                            + ". Move the data with pg_dump and psql.");
        }
    }

    private String program(String name) {
        return programs.resolve("bin").resolve(name).toString();
    }

    /// The end of what the server wrote when it did not start.
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(home.resolve("start.log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
