package dev.convergence.steps.duckdb;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TenantLocksTest {

    private static final TenantId ACME = new TenantId("acme_corp");
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TenantLocks locks = new TenantLocks(Duration.ofMillis(20), Duration.ofHours(1));
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final AtomicBoolean looked = new AtomicBoolean();

    @Test
    void a_load_waits_for_another_one_when_a_reader_would_have_given_up() {
        TenantLocks.Held first = locks.load(ACME, cancellation());
        looked.set(false);
        CompletableFuture<Void> second = load();
        eventually("it waits", SOON, looked::get);
        CompletableFuture<Void> reader =
                CompletableFuture.runAsync(
                        () -> locks.read(ACME).close(), Thread::startVirtualThread);
        assertThatThrownBy(reader::join).hasCauseInstanceOf(EngineException.class);
        assertThat(second).isNotDone();

        first.close();

        assertThat(second).succeedsWithin(SOON);
    }

    @Test
    void a_load_that_is_cancelled_waits_no_longer() {
        try (TenantLocks.Held _ = locks.load(ACME, cancellation())) {
            CompletableFuture<Void> second = load();
            cancelled.set(true);
            assertThatThrownBy(second::join).hasCauseInstanceOf(CancelledException.class);
        }
    }

    private CompletableFuture<Void> load() {
        return CompletableFuture.runAsync(
                () -> locks.load(ACME, cancellation()).close(), Thread::startVirtualThread);
    }

    private Cancellation cancellation() {
        return new Cancellation() {
            @Override
            public boolean isRequested() {
                looked.set(true);
                return cancelled.get();
            }

            @Override
            public Registration onRequest(Runnable interrupt) {
                return () -> {};
            }
        };
    }
}
