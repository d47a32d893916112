package dev.convergence.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftWorkspacesTest {

    @TempDir Path directory;

    @Test
    void what_a_killed_process_left_is_removed_and_nothing_beside_it() throws IOException {
        Path work = directory.resolve("work");
        Path bill = Files.writeString(directory.resolve("bill.csv"), "kept");
        RunWorkspace left = RunWorkspace.open(work, "run-token");
        Files.writeString(left.directory().resolve("staging.duckdb"), "gigabytes");
        Files.createDirectories(left.directory().resolve("extract-landed"));
        Files.createSymbolicLink(left.directory().resolve("link"), bill);
        Files.createSymbolicLink(work.resolve("folder-link"), directory);

        LeftWorkspaces.remove(work);

        assertThat(work).isEmptyDirectory();
        assertThat(bill).hasContent("kept");
    }

    @Test
    void a_first_start_has_nothing_to_remove() {
        LeftWorkspaces.remove(directory.resolve("work"));

        assertThat(directory).isEmptyDirectory();
    }
}
