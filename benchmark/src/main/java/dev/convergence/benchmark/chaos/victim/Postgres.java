package dev.convergence.benchmark.chaos.victim;

import dev.convergence.engine.loop.Waiter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A durable PostgreSQL of the harness's own, which it may restart and kill.
public final class Postgres implements AutoCloseable {

    private static final int STARTS_MAX = 20;
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration CONTROL_MAX = Duration.ofSeconds(90);

    private final EmbeddedPostgres server;
    private final Path data;
    private final Path log;
    private final Path programs;

    private Postgres(EmbeddedPostgres server, Path data, Path log, Path programs) {
        this.server = server;
        this.data = data;
        this.log = log;
        this.programs = programs;
    }

    /// @param connectionsMax what it refuses more than
    public static Postgres start(Path folder, int connectionsMax) throws IOException {
        Path data = folder.resolve("postgres");
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setRegisterShutdownHook(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", String.valueOf(connectionsMax))
                        .setServerConfig("shared_buffers", "128MB")
                        .setServerConfig("max_wal_size", "2GB")
                        .setServerConfig("jit", "off")
                        .setServerConfig("timezone", "UTC")
                        .start();
        return new Postgres(server, data, folder.resolve("postgres.log"), programs(data));
    }

    /// Where the server was started from, as it writes down itself.
    private static Path programs(Path data) throws IOException {
        String command = Files.readString(data.resolve("postmaster.opts"));
        return Path.of(command.substring(0, command.indexOf(" \"-D\""))).resolveSibling("");
    }

    public String url() {
        return server.getJdbcUrl("postgres", "postgres") + "&password=postgres";
    }

    /// Ends all sessions and the server, in order; what was committed is written down.
    public void stop() throws IOException, InterruptedException {
        control("stop", "-m", "fast");
    }

    /// Starts it again as it was started before, if need be with a recovery.
    public void restart() throws IOException, InterruptedException {
        for (int attempt = 1;
                !tryControl("restart", "-m", "fast", "-l", log.toString());
                attempt++) {
            if (attempt == STARTS_MAX) {
                throw new IOException("PostgreSQL does not start again; see " + log);
            }
            new Waiter().await(PAUSE);
        }
    }

    /// Kills the server and every process of it at once, as a loss of power would.
    public void kill() throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
        ProcessHandle postmaster =
                ProcessHandle.of(Long.parseLong(pid))
                        .orElseThrow(() -> new IOException("PostgreSQL is not there"));
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        Signals.send("KILL", all.stream().map(ProcessHandle::pid).toList());
        all.forEach(process -> process.onExit().join());
    }

    private void control(String verb, String... more) throws IOException, InterruptedException {
        if (!tryControl(verb, more)) {
            throw new IOException("pg_ctl " + verb + " failed; see " + log);
        }
    }

    private boolean tryControl(String verb, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U", "--")); // PostgreSQL refuses to be root
        }
        command.addAll(
                List.of(programs.resolve("pg_ctl").toString(), verb, "-w", "-D", data.toString()));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        return process.waitFor(CONTROL_MAX.toMillis(), TimeUnit.MILLISECONDS)
                && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tryControl("stop", "-m", "immediate");
    }
}
