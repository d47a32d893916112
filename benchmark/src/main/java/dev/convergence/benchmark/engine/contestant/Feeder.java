package dev.convergence.benchmark.engine.contestant;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Another process that puts jobs in, as a web server beside the workers would.
public final class Feeder implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;

    private Feeder(Process process) {
        this.process = process;
    }

    /// It is compiled quickly and once, or its compiler would have a processor in the middle of
    /// what is measured, as that of a server that has been up for days does not.
    static Feeder start(InProcess contestant, Arrivals arrivals) throws Exception {
        String java =
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new Feeder(
                new ProcessBuilder(
                                java,
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Feeder.class.getName(),
                                contestant.name(),
                                contestant.url,
                                String.valueOf(arrivals.jobs()),
                                String.valueOf(arrivals.warmUp()),
                                String.valueOf(arrivals.pause().toNanos()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    void await() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The feeding process did not end.");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("The feeding process failed.");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /// The other process: name of the contestant, URL, jobs, jobs to warm up with, pause.
    public static void main(String[] arguments) throws Exception {
        int jobs = Integer.parseInt(arguments[2]);
        int warmUp = Integer.parseInt(arguments[3]);
        long pause = Long.parseLong(arguments[4]);
        try (InProcess contestant = Contestants.producer(arguments[0], arguments[1])) {
            for (int i = -warmUp; i < jobs; i++) {
                contestant.enqueueOne(Payload.sentNow(i));
                long mean = i < 0 ? pause / 4 : pause; // to be warm takes calls, not time
                long spread = ThreadLocalRandom.current().nextLong(mean);
                LockSupport.parkNanos(mean / 2 + spread);
            }
        }
    }
}
