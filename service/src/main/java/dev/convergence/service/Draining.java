package dev.convergence.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/// The first step down: says that we are going, then lets all work come to rest.
///
/// Its phase is the last to start and so the first to stop, before the web server's.
final class Draining implements SmartLifecycle {

    static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);

    private final List<Drain> drains;
    private final ApplicationContext context;
    private volatile boolean running;

    Draining(List<Drain> drains, ApplicationContext context) {
        this.drains = List.copyOf(drains);
        this.context = context;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop() {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        CountDownLatch resting = new CountDownLatch(drains.size());
        for (Drain drain : drains) {
            Thread.ofVirtual().name("drain").start(() -> drain(drain, resting));
        }
        await(resting);
    }

    private static void drain(Drain drain, CountDownLatch resting) {
        try {
            drain.drain(LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Work did not come to rest", e);
        } finally {
            resting.countDown();
        }
    }

    private static void await(CountDownLatch resting) {
        try {
            if (!resting.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Work was still running after {}; it is left to recovery", LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
