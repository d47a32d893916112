package dev.convergence.benchmark.chaos.victim;

import java.io.IOException;
import java.util.List;

/// How a process is started that its neighbours cannot see: in a process name space of its own.
///
/// A node sees at once that a process of its own machine is dead, and waits for the lease of one
/// elsewhere. On one machine only a name space of its own makes a node one from elsewhere.
record Apart(List<String> prefix) {

    private static final List<List<String>> WAYS =
            List.of(
                    List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child"),
                    List.of(
                            "unshare",
                            "--user",
                            "--map-root-user",
                            "--pid",
                            "--fork",
                            "--mount-proc",
                            "--kill-child"));

    /// The first way that works here; one with an empty prefix when none does.
    static Apart find() throws InterruptedException {
        for (List<String> way : WAYS) {
            if (works(way)) {
                return new Apart(way);
            }
        }
        return new Apart(List.of());
    }

    boolean isPossible() {
        return !prefix.isEmpty();
    }

    private static boolean works(List<String> way) throws InterruptedException {
        try {
            List<String> command = new java.util.ArrayList<>(way);
            command.add("true");
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
