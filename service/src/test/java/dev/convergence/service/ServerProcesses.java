package dev.convergence.service;

import dev.convergence.service.config.PrivateFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Servers in processes of their own on one database, for tests that freeze and kill them.
public final class ServerProcesses implements AutoCloseable {

    private static final String READY = "ready ";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> all = new ArrayList<>();

    /// @param changes variables that all of them get beside those of [RunningServer]
    public ServerProcesses(Path folder, String database, Map<String, String> changes) {
        this.folder = folder;
        environment.put("DATABASE_URL", database);
        environment.put("CONVERGENCE_MASTER_KEY", PrivateFile.randomKey());
        environment.put("ADMIN_API_KEY", RunningServer.OPERATOR_KEY);
        environment.put("CONVERGENCE_TICK", "off");
        environment.put("CONVERGENCE_RATE_LIMIT", "off");
        environment.put("CONVERGENCE_RETRY_BASE", "PT0S");
        environment.put("CONVERGENCE_RETRY_JITTER", "0");
        environment.putAll(changes);
    }

    /// A server that has said that it is ready.
    public record Started(Process process, URI address) {

        /// Stops all its threads where they are; the kernel keeps its connections.
        public void freeze() throws IOException, InterruptedException {
            signal("STOP");
        }

        public void thaw() throws IOException, InterruptedException {
            signal("CONT");
        }

        public void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        private void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
        }
    }

    public Started start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-Dlogging.config=classpath:logback.xml");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Main.class.getName(), "serve", "--port", "0", "--data-dir"));
        command.add(folder.resolve("data" + all.size()).toString());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectError(folder.resolve("log" + all.size()).toFile());
        builder.environment().putAll(environment);
        Process server = builder.start();
        all.add(server);
        return new Started(server, awaitReady(server));
    }

    private static URI awaitReady(Process server) throws IOException {
        BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return URI.create(line.substring(READY.length()).strip());
            }
        }
        throw new AssertionError("The server ended.");
    }

    @Override
    public void close() {
        all.forEach(Process::destroyForcibly);
    }
}
