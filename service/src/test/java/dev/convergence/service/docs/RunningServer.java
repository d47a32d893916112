package dev.convergence.service.docs;

import dev.convergence.service.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server as the pages tell people to start it, in a process and a folder of its own.
final class RunningServer implements AutoCloseable {

    private final Process process;
    private final String address;

    private RunningServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /// @param folder where `./data` of the pages is
    static RunningServer in(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlogback.configurationFile=logback.xml");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(Main.class.getName(), "serve", "--port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        settings(builder.environment());
        builder.redirectError(folder.resolve("server.log").toFile());
        Process process = builder.start();
        return new RunningServer(process, address(process.inputReader(StandardCharsets.UTF_8)));
    }

    private static void settings(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(name -> name.startsWith("CONVERGENCE_") || name.endsWith("_KEY"));
        environment.remove("DATABASE_URL");
        environment.put("CONVERGENCE_TEMPLATE_DIR", "templates");
    }

    private static String address(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready ")) {
                return line.substring("ready ".length());
            }
        }
        throw new IOException("The server ended before it was ready; server.log says why.");
    }

    String address() {
        return address;
    }

    String get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
