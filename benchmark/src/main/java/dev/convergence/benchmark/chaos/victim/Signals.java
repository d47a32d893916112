package dev.convergence.benchmark.chaos.victim;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/// Signals that Java cannot send by itself.
final class Signals {

    private Signals() {}

    /// @param name as `kill` knows it: KILL, STOP, CONT
    static void send(String name, Collection<Long> processes) throws InterruptedException {
        if (processes.isEmpty()) {
            return;
        }
        String numbers = processes.stream().map(String::valueOf).collect(Collectors.joining(" "));
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + numbers)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noShell) {
            throw new IllegalStateException("There is no sh to send a signal with", noShell);
        }
    }
}
