package dev.convergence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a shell is told when somebody presses the tabulator.
class CompletionTest {

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
    void nouns_verbs_and_options_are_completed() {
        assertThat(completed("pi")).startsWith("pipeline\t");
        assertThat(completed("run", "wa")).startsWith("watch\t");
        assertThat(completed("run", "start", "--fo")).startsWith("--follow\t");
        assertThat(completed("run", "list", "-o", "y")).isEqualTo("yaml\n");
        assertThat(completed("completion", "")).isEqualTo("bash\nzsh\nfish\n");
        assertThat(completed("__")).isEmpty();
    }

    @Test
    void ids_come_from_the_server_that_was_typed() {
        desk.answers(
                "{\"runs\": [{\"pipeline_logging_id\": \"01a\", \"state\": \"FAILED\"},"
                        + " {\"pipeline_logging_id\": \"02b\", \"state\": \"RUNNING\"}]}");
        desk.environment.remove("CONVERGENCE_SERVER");

        assertThat(completed("run", "show", "--server", desk.address(), "0"))
                .isEqualTo("01a\tFAILED\n02b\tRUNNING\n");
        assertThat(completed("--server", desk.address(), "run", "show", "01"))
                .isEqualTo("01a\tFAILED\n");
        assertThat(completed("run", "show", "01a", "0")).isEmpty();
    }

    @Test
    void an_option_of_an_id_is_completed_like_an_id() {
        desk.answers("{\"job_groups\": [{\"group_id\": \"g1\", \"status\": \"RUNNING\"}]}");

        assertThat(completed("job", "list", "--group", "")).isEqualTo("g1\tRUNNING\n");
    }

    @Test
    void a_server_that_does_not_answer_completes_nothing_and_says_nothing() {
        desk.close();

        assertThat(completed("run", "show", "")).isEmpty();
        assertThat(desk.err()).isEmpty();
    }

    @Test
    void bash_completes_with_the_script() throws Exception {
        assumeTrue(has("bash"), "bash runs its own script");
        Files.writeString(
                folder.resolve("convergence"),
                "#!/bin/sh\n[ \"$1 $2 $3 $4\" = '__complete -- run st' ] && printf 'start\\tStarts.\\nsteps\\tSteps.\\n'\n");
        assertThat(folder.resolve("convergence").toFile().setExecutable(true)).isTrue();
        assertThat(desk.run("completion", "bash")).isZero();
        Files.writeString(
                folder.resolve("try.sh"),
                desk.out()
                        + "COMP_WORDS=(./convergence run st) COMP_CWORD=2\n_convergence\n"
                        + "echo \"${COMPREPLY[@]}\"\n");

        assertThat(said("bash", "try.sh")).isEqualTo("start steps");
    }

    @Test
    void zsh_and_fish_take_their_scripts() throws Exception {
        for (String shell : new String[] {"zsh", "fish"}) {
            assertThat(desk.run("completion", shell)).isZero();
            assertThat(desk.out()).contains("__complete --");
            if (has(shell)) {
                Files.writeString(folder.resolve("script"), desk.out());
                assertThat(said(shell, "-n", "script")).isEmpty();
            }
        }
    }

    private String completed(String... words) {
        String[] line = new String[words.length + 2];
        line[0] = "__complete";
        line[1] = "--";
        System.arraycopy(words, 0, line, 2, words.length);
        assertThat(desk.run(line)).isZero();
        return desk.out();
    }

    private boolean has(String shell) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + shell + " >/dev/null")
                        .start()
                        .waitFor()
                == 0;
    }

    private String said(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }
}
