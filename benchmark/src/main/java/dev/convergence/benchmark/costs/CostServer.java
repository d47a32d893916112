package dev.convergence.benchmark.costs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// A server of its own with one tenant.
final class CostServer implements AutoCloseable {

    static final String TENANT = "bench_costs";
    private static final int OK = 200;
    private static final int END_SECONDS = 30;

    private final Path data;
    private final Process process;
    private final URI base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String key;

    private CostServer(Path data, Process process, URI base)
            throws IOException, InterruptedException {
        this.data = data;
        this.process = process;
        this.base = base;
        this.key = onboard();
    }

    static CostServer start(Path jar, Path data) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-jar",
                                jar.toString(),
                                "serve",
                                "--port",
                                "0",
                                "--data-dir",
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(
                        Map.of(
                                "CONVERGENCE_OPEN_ONBOARDING", "true",
                                "CONVERGENCE_RATE_LIMIT", "off",
                                "CONVERGENCE_TICK", "off"));
        Process process = builder.start();
        try {
            return new CostServer(data, process, ready(process));
        } catch (IOException | InterruptedException | RuntimeException failure) {
            process.destroy();
            throw failure;
        }
    }

    private static URI ready(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ready ")) {
                Thread.startVirtualThread(() -> swallow(lines));
                return URI.create(line.substring("ready ".length()));
            }
        }
        throw new IOException("The server did not start; start it by hand to see why.");
    }

    /// Nobody may have to wait for a reader.
    private static void swallow(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // Then it says no more.
        }
    }

    private String onboard() throws IOException, InterruptedException {
        String body =
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of(
                                        "tenant_id", TENANT,
                                        "company_name", "Bench",
                                        "admin_email", "bench@example.com",
                                        "subscription_plan", "SCALE"));
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/api/v1/tenants/onboard"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).path("api_key").asString();
    }

    Path dataSet() {
        return data.resolve("warehouse").resolve(TENANT + ".duckdb");
    }

    /// How long an answer took.
    double millis(CostRoute route) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/api/v1/tenants/" + TENANT + "/" + route.path))
                        .header("X-API-Key", key)
                        .build();
        long began = System.nanoTime();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        double took = (System.nanoTime() - began) * 1e-6;
        if (answer.statusCode() != OK) {
            throw new IOException("NOT SOUND: " + route.path + " answered " + answer.body());
        }
        return took;
    }

    /// Ends the processes in which queries run, as a minute without questions does.
    void forget() {
        queries().forEach(ProcessHandle::destroyForcibly);
        queries().forEach(query -> query.onExit().join());
    }

    private Stream<ProcessHandle> queries() {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("QueryWorker"));
    }

    /// The most that the server has held in memory, in mebibytes.
    long peak() {
        return peak(process.pid());
    }

    /// The most that any process has held in which queries run now.
    long peakOfQueries() {
        return queries().mapToLong(query -> peak(query.pid())).max().orElse(0);
    }

    private static long peak(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
            return lines.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException unknown) {
            return -1;
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
