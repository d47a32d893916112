package dev.convergence.benchmark.lists;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server as it ships, with its own PostgreSQL, in a process of its own. It runs nothing, so that
/// only looking is measured.
final class LargeServer implements AutoCloseable {

    private static final String READY = "ready ";
    private static final int STOP_SECONDS = 60;

    private final Process process;
    private final Path data;
    private final URI address;

    private LargeServer(Process process, Path data, URI address) {
        this.process = process;
        this.data = data;
        this.address = address;
    }

    /// @param jar the service's; its libraries lie beside it
    static LargeServer start(Path jar, Path data) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    "There is no server in " + jar + ": build it, or name it with --server.");
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toString(),
                                "serve",
                                "--port",
                                "0",
                                "--data-dir",
                                data.toString(),
                                "--roles",
                                "api")
                        .redirectError(data.resolve("server.log").toFile());
        builder.environment().put("CONVERGENCE_RATE_LIMIT", "off");
        builder.environment().put("CONVERGENCE_WORKERS", "0");
        builder.environment().keySet().removeAll(List.of("DATABASE_URL", "ADMIN_API_KEY"));
        Process process = builder.start();
        // Whoever interrupts the benchmark means the server, too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new LargeServer(process, data, awaitReady(process, data));
    }

    private static URI awaitReady(Process process, Path data) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()).strip());
            }
        }
        throw new IOException("The server did not start; it says why in " + data + "/server.log");
    }

    URI address() {
        return address;
    }

    String operatorKey() throws IOException {
        return Files.readString(data.resolve("admin.key")).strip();
    }

    /// As the driver wants it.
    String databaseUrl() throws IOException {
        URI url = URI.create(Files.readString(data.resolve("database.url")).strip());
        String[] account = url.getUserInfo().split(":", 2);
        return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
                .formatted(url.getHost(), url.getPort(), url.getPath(), account[0], account[1]);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
