package dev.convergence.benchmark.engine.contestant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A package of Node.js, installed into a temporary folder beside the script that drives it.
final class NodePackage {

    private static final long INSTALL_SECONDS = 180;

    private final String name;
    private final String version;
    private @Nullable Path folder;

    NodePackage(String name, String version) {
        this.name = name;
        this.version = version;
    }

    String name() {
        return name;
    }

    String version() {
        return version;
    }

    /// Installs it, once.
    ///
    /// @return why it cannot be used here, or empty when it can
    synchronized Optional<String> install() throws InterruptedException {
        if (folder != null) {
            return Optional.empty();
        }
        try {
            Path home = Files.createTempDirectory("bench-node");
            Files.writeString(home.resolve("package.json"), "{\"private\": true}");
            copy("common.mjs", home);
            copy(name + ".mjs", home);
            Process npm =
                    new ProcessBuilder(
                                    "npm",
                                    "install",
                                    "--no-audit",
                                    "--no-fund",
                                    name + "@" + version)
                            .directory(home.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(home.resolve("npm.log").toFile())
                            .start();
            if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                return Optional.of("npm could not install " + name + " " + version);
            }
            folder = home;
            return Optional.empty();
        } catch (IOException missing) {
            return Optional.of("there is no Node.js with npm here");
        }
    }

    private static void copy(String script, Path home) throws IOException {
        try (InputStream bytes = NodePackage.class.getResourceAsStream(script)) {
            Files.copy(Objects.requireNonNull(bytes, script), home.resolve(script));
        }
    }

    /// Starts the package's script; what it answers are lines of JSON on its output.
    Process start(String verb, String url, Object... numbers) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", name + ".mjs", verb, url));
        for (Object number : numbers) {
            command.add(String.valueOf(number));
        }
        return new ProcessBuilder(command)
                .directory(Objects.requireNonNull(folder, "installed first").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
