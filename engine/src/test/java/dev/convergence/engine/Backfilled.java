package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Nodes whose pipelines end as they are told, and backfills that a test drives by hand. The clock
/// shows noon of 22 November; configs are due at 02:00.
final class Backfilled {

    static final Duration SOON = Duration.ofSeconds(60);
    static final LocalDate FIRST = LocalDate.parse("2026-11-01");

    final Installation installation = new Installation();
    final Queue<Job> ran = new ConcurrentLinkedQueue<>();
    final AtomicBoolean fails = new AtomicBoolean();

    /// Opens at the end at the latest, for handlers that wait for it.
    final CountDownLatch gone = new CountDownLatch(1);

    final JobHandler pipelines = JobHandler.of(Job.PIPELINE, this::handle);

    void close() throws InterruptedException {
        gone.countDown();
        installation.close();
    }

    private Outcome handle(Execution execution) {
        ran.add(execution.job());
        return fails.get()
                ? Outcome.Failed.of("It was told to fail.", "TEST", true)
                : Outcome.Completed.plain();
    }

    /// A config that is next due tomorrow.
    ConfigId config(Rooms engine, TenantId tenant) {
        return installation.config(
                engine, tenant, "probe", 5, Instant.parse("2026-11-23T02:00:00Z"));
    }

    static Request request(int days, Mode mode, int concurrentMax) {
        return request(days, mode, concurrentMax, FIRST);
    }

    static Request request(int days, Mode mode, int concurrentMax, LocalDate first) {
        return new Request(
                first,
                first.plusDays(days - 1),
                mode,
                Direction.OLDEST_FIRST,
                concurrentMax,
                true,
                0);
    }

    Backfill ask(Rooms engine, TenantId tenant, ConfigId config, Request request) {
        return engine.backfills()
                .create(tenant, config, request, null, installation.clock.instant());
    }

    void advance(Rooms engine) {
        installation.clock.advance(Duration.ofSeconds(6));
        engine.membership().runOnce(installation.clock.instant());
        engine.backfiller().runOnce(installation.clock.instant());
    }

    void work(Rooms engine) {
        engine.queue().promoteDue(installation.clock.instant());
        engine.worker().runOnce(installation.clock.instant());
        rest(engine);
    }

    void rest(Rooms engine) {
        eventually("the node rests", SOON, () -> engine.worker().runningCount() == 0);
    }

    /// Lets everything happen that may happen without time passing to speak of.
    void settle(Rooms engine) {
        for (int round = 0; round < 8; round++) {
            advance(engine);
            work(engine);
        }
    }

    void finish(Rooms engine, Backfill backfill) {
        for (int round = 0; round < 200 && !isOver(engine, backfill); round++) {
            advance(engine);
            installation.clock.advance(Duration.ofSeconds(70));
            engine.membership().runOnce(installation.clock.instant());
            work(engine);
        }
        assertThat(isOver(engine, backfill)).as("the backfill ends").isTrue();
    }

    private static boolean isOver(Rooms engine, Backfill backfill) {
        return engine.backfills().find(backfill.tenant(), backfill.id()).state().isOver();
    }
}
