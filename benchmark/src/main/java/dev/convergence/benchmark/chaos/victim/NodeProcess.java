package dev.convergence.benchmark.chaos.victim;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One life of a node: a JVM of its own.
///
/// @param isFar whether other nodes cannot see that its process is dead
public record NodeProcess(String life, boolean isFar, Process process) {

    static NodeProcess start(String life, boolean isFar, List<String> command, Path log)
            throws IOException {
        File file = log.toFile();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
                        .start();
        return new NodeProcess(life, isFar, process);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void kill() throws InterruptedException {
        Signals.send("KILL", java());
        process.waitFor();
    }

    public void freeze() throws InterruptedException {
        Signals.send("STOP", java());
    }

    public void thaw() throws InterruptedException {
        Signals.send("CONT", java());
    }

    /// The JVM itself, which may be the child of what put it into a name space.
    private List<Long> java() {
        List<Long> children = process.descendants().map(ProcessHandle::pid).toList();
        return children.isEmpty() ? List.of(process.pid()) : children;
    }

    /// Says a line to the node.
    public void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException deaf) {
            throw new IllegalStateException("Node " + life + " does not listen", deaf);
        }
    }

    /// @return whether it ended within the time, with nothing left running
    public boolean endsWell(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                && process.exitValue() == 0;
    }

    /// For the harness's own end: leaves nothing behind, whatever state it is in.
    void destroy() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .forEach(ProcessHandle::destroyForcibly);
    }
}
