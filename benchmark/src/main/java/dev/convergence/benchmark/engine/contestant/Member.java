package dev.convergence.benchmark.engine.contestant;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// A node of ours in a process of its own; it leaves when its input ends.
public final class Member implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;

    private Member(Process process) {
        this.process = process;
    }

    /// Returns when the node is up.
    public static Member start(String url) throws IOException {
        String java =
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        Process process =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Member.class.getName(),
                                url)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.inputReader().readLine() == null) {
            throw new IllegalStateException("A node did not start.");
        }
        return new Member(process);
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /// The other process: the database's URL.
    public static void main(String[] arguments) throws Exception {
        try (Convergence engine = new Convergence(arguments[0], Sizing.DEFAULT);
                Workers node = engine.member()) {
            System.out.println("ready " + node.isSettled(0));
            System.in.readAllBytes();
        }
        System.exit(0);
    }
}
