package dev.convergence.service;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the process ends: in order, in time, and with status 0 where a signal asked for it.
///
/// Java answers a signal with status 143 even when everything went well, so the hook itself ends
/// the process.
final class EndOfProcess {

    private static final Logger LOG = LoggerFactory.getLogger(EndOfProcess.class);
    private static final Duration LATEST = Duration.ofSeconds(28);

    private static volatile int status;

    private EndOfProcess() {}

    /// From now on a signal stops the server before the process ends.
    static void stops(Server server) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(server)));
    }

    static void with(int endStatus) {
        status = endStatus;
        System.exit(endStatus);
    }

    private static void stop(Server server) {
        Thread.ofPlatform().daemon().name("stop-latest").start(EndOfProcess::endAtLatest);
        try {
            server.stop();
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("The server did not stop in order", e);
        } finally {
            Runtime.getRuntime().halt(status);
        }
    }

    private static void endAtLatest() {
        long end = System.nanoTime() + LATEST.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        LOG.warn("Still stopping after {}; the rest is left to recovery", LATEST);
        Runtime.getRuntime().halt(status);
    }
}
