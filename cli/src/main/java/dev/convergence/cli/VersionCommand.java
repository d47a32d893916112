package dev.convergence.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// Versions of both ends.
@Command(name = "version", description = "Shows this program's version and the server's.")
final class VersionCommand extends Noun implements Runnable {

    @Override
    public void run() {
        String server = session().get(As.ANYONE, "/health").json().path("version").asString("?");
        List<Map<String, String>> parts =
                List.of(
                        Map.of("part", "command line", "version", Version.text()),
                        Map.of("part", "server", "version", server));
        session().display().own(Map.of("versions", parts), "versions", "part", "version");
    }
}
