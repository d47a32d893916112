package dev.convergence.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Machines at which nobody sits.
final class Machines {

    private Machines() {}

    static Machine at(Path home) {
        return new Machine(
                Map.of("XDG_CONFIG_HOME", home.toString()),
                new BufferedReader(new StringReader("")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Terminal.NONE,
                () -> Instant.EPOCH,
                pause -> {});
    }
}
