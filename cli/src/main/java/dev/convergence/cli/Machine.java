package dev.convergence.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a command has of the machine that it runs on: streams, environment, time.
record Machine(
        Map<String, String> environment,
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        InstantSource clock,
        Pause pause) {

    /// Lets time pass between two looks.
    interface Pause {

        void of(Duration duration) throws InterruptedException;
    }

    Machine with(Map<String, String> other) {
        return new Machine(other, in, out, err, terminal, clock, pause);
    }

    /// A variable's value; one that is empty counts as unset.
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /// Where contexts are kept.
    Path contextFile() {
        String home = variable("HOME").orElseGet(() -> System.getProperty("user.home", "."));
        Path folder =
                variable("XDG_CONFIG_HOME").map(Path::of).orElseGet(() -> Path.of(home, ".config"));
        return folder.resolve("convergence").resolve("config.yaml");
    }

    /// Everything that is piped in.
    String piped() {
        return in.lines().collect(Collectors.joining("\n"));
    }

    String line() {
        try {
            String line = in.readLine();
            return line == null ? "" : line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void rest(Duration duration) {
        try {
            pause.of(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "Interrupted.");
        }
    }
}
