package dev.convergence.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder that looks built, with a JDK that only says what it was asked.
class LauncherTest {

    @TempDir Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        program("convergence", Files.readString(launcher()));
        for (String jar :
                List.of(
                        "service/target/convergence-service",
                        "cli/target/convergence-cli",
                        "benchmark/target/convergence-benchmark")) {
            Files.createDirectories(folder.resolve(jar).getParent());
            Files.createFile(folder.resolve(jar + ".jar"));
        }
        Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        program("jdk/bin/javac", "#!/bin/sh\n");
        program("jdk/bin/java", "#!/bin/sh\necho \"$$ $*\"\n");
    }

    @Test
    void the_server_is_started_by_the_jdk_of_java_home_in_place_of_the_launcher() throws Exception {
        Process launcher = run("convergence", "serve", "--port", "1");

        assertThat(said(launcher))
                .startsWith(launcher.pid() + " ")
                .endsWith("service/target/convergence-service.jar serve --port 1");
    }

    @Test
    void any_other_word_goes_to_the_command_line() throws Exception {
        assertThat(said(run("convergence", "tenant", "list")))
                .endsWith("cli/target/convergence-cli.jar dev.convergence.cli.Main tenant list");
    }

    @Test
    void help_of_a_verb_is_the_command_lines_own() throws Exception {
        assertThat(said(run("convergence", "help", "run", "start")))
                .endsWith("convergence-cli.jar dev.convergence.cli.Main run start --help");
    }

    @Test
    void the_command_line_is_told_which_streams_are_terminals() throws Exception {
        assertThat(said(run("convergence", "run", "list"))).contains("-Dconvergence.terminal=- ");
    }

    @Test
    void it_works_through_a_link() throws Exception {
        Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/cv"), Path.of("../convergence"));

        assertThat(said(run("bin/cv", "serve"))).endsWith("convergence-service.jar serve");
    }

    @Test
    void help_needs_no_jdk_and_names_every_command() throws Exception {
        Files.delete(folder.resolve("jdk/release"));

        assertThat(said(run("convergence", "--help"))).contains("serve", "demo", "bench", "<noun>");
    }

    private Process run(String program, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(folder.resolve(program).toString()), Stream.of(arguments))
                        .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.resolve("service").toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.strip();
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path launcher() {
        return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .limit(3)
                .map(parent -> parent.resolve("convergence"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow();
    }
}
