package dev.convergence.steps.query;

import dev.convergence.engine.error.ErrorCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A running sandbox process, seen from its parent. It inherits no environment, so no secret is in
/// it; it is killed when it exceeds its time or its memory.
final class QueryProcess implements AutoCloseable {

    private static final long START_SECONDS = 20;
    private static final long GRACE_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 25;

    /// What the process needs beside the query: the JVM and the native library.
    private static final long FIXED_MEGABYTES = 320;

    private static final Class<?>[] NEEDED = {
        QueryWorker.class,
        ErrorCode.class,
        org.duckdb.DuckDBDriver.class,
        tools.jackson.databind.ObjectMapper.class,
        tools.jackson.core.JsonParser.class,
        com.fasterxml.jackson.annotation.JsonProperty.class,
    };

    private final Path directory;
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private QueryProcess(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// @throws IOException when it is not ready in time
    static QueryProcess start() throws IOException, InterruptedException {
        QueryProcess process = launch();
        try {
            process.line(process.answers::readLine).get(START_SECONDS, TimeUnit.SECONDS);
            return process;
        } catch (ExecutionException | TimeoutException e) {
            process.close();
            throw new IOException("not ready", e);
        }
    }

    private static QueryProcess launch() throws IOException {
        Path directory = Files.createTempDirectory("convergence-query");
        ProcessBuilder builder =
                new ProcessBuilder(command(directory))
                        .directory(directory.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return new QueryProcess(directory, builder.start());
    }

    private static List<String> command(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + directory.resolve("crash.log"),
                "-Djava.io.tmpdir=" + directory,
                "-Duser.timezone=UTC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                QueryWorker.class.getName());
    }

    /// Only what the worker needs, so that it starts fast.
    private static String classPath() {
        return Stream.of(NEEDED)
                .map(QueryProcess::origin)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// @return null when the process ended without an answer
    @Nullable String ask(String request, QueryLimits limits) throws InterruptedException {
        long end =
                System.nanoTime()
                        + limits.time().toNanos()
                        + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
        CompletableFuture<@Nullable String> answer = line(() -> exchange(request));
        while (System.nanoTime() < end) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillRunning) {
                if (residentMegabytes() > limits.memoryMegabytes() + FIXED_MEGABYTES) {
                    throw Complaint.memory();
                }
            } catch (ExecutionException gone) {
                return null;
            }
        }
        throw Complaint.time(limits.time().toMillis());
    }

    private @Nullable String exchange(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
        return answers.readLine();
    }

    private CompletableFuture<@Nullable String> line(Exchange exchange) {
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                line.complete(exchange.line());
            } catch (IOException gone) {
                line.completeExceptionally(gone);
            }
        });
        return line;
    }

    private interface Exchange {
        @Nullable String line() throws IOException;
    }

    /// What the process holds in memory; 0 where the system does not tell.
    private long residentMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly()
                .onExit()
                .orTimeout(2, TimeUnit.SECONDS)
                .exceptionally(e -> process)
                .join();
        deleteDirectory();
    }

    private void deleteDirectory() {
        for (File file : Objects.requireNonNullElse(directory.toFile().listFiles(), new File[0])) {
            file.delete();
        }
        directory.toFile().delete();
    }
}
