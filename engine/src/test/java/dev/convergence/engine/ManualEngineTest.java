package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.event.EngineEvent.JobEnded;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.worker.Execution;
import dev.convergence.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a program's own tests may count on.
class ManualEngineTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private static String migrated;

    private final List<String> done = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private HikariDataSource source;
    private ManualEngine engine;

    @BeforeAll
    static void migrate() {
        migrated = TestPostgres.freshDatabase();
        Engine.migrate(TestPostgres.dataSource(migrated));
    }

    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestPostgres.copyOf(migrated));
        config.setSchema("convergence");
        config.setMaximumPoolSize(3);
        source = new HikariDataSource(config);
        engine = builder().manual(START);
        engine.lanes().open(new TenantId("acme"), 10);
    }

    private EngineBuilder builder() {
        return Engine.builder(source)
                .lease(LEASE)
                .slots(8)
                .pool("printer", 1)
                .listener(event -> {
                    if (event instanceof JobEnded end) {
                        ended.add(end.what() + " " + end.state());
                    }
                })
                .handler(
                        "note",
                        execution -> {
                            done.add(String.valueOf(execution.job().params().get("text")));
                            return Outcome.Completed.plain();
                        })
                .handler(
                        "fail",
                        execution -> {
                            done.add("attempt " + execution.job().attempt());
                            throw new IllegalStateException("It does not work.");
                        });
    }

    @AfterEach
    void the_books_are_in_order() {
        assertThat(engine.audit()).isEmpty();
        engine.close();
        source.close();
    }

    private static NewJob note(String text) {
        return NewJob.of("acme", "note").params(Map.of("text", text));
    }

    private static NewJob failing(int retriesMax) {
        return NewJob.of("acme", "fail")
                .retry(RetryPolicy.withBase(PAUSE).withRetriesMax(retriesMax));
    }

    @Test
    void nothing_runs_before_it_is_told_to_and_then_in_the_thread_that_tells() {
        AtomicReference<Thread> worker = new AtomicReference<>();
        try (ManualEngine own =
                Engine.builder(source)
                        .handler(
                                "thread",
                                _ -> {
                                    worker.set(Thread.currentThread());
                                    return Outcome.Completed.plain();
                                })
                        .manual(START)) {
            own.enqueue(NewJob.of("acme", "thread"));
            assertThat(worker).hasNullValue();

            assertThat(own.runOnce()).isOne();
            assertThat(worker).hasValue(Thread.currentThread());
        }
    }

    @Test
    void one_and_many_are_done_in_the_order_of_their_priorities() {
        engine.enqueue(note("low").priority(1));
        engine.enqueue(List.of(note("first"), note("second"), note("high").priority(9)));

        assertThat(engine.runOnce()).isEqualTo(4);
        assertThat(done).containsExactly("high", "first", "second", "low");
        assertThat(engine.runOnce()).isZero();
    }

    @Test
    void a_job_of_a_callers_transaction_runs_once_that_is_committed() throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            engine.enqueue(connection, List.of(note("dropped")));
            connection.rollback();
            engine.enqueue(connection, List.of(note("kept")));
            assertThat(engine.runUntilIdle()).isZero();
            connection.commit();
        }
        assertThat(engine.runUntilIdle()).isOne();
        assertThat(done).containsExactly("kept");
    }

    @Test
    void a_job_that_fails_is_tried_again_after_exactly_its_pauses() {
        engine.enqueue(failing(2));
        assertThat(engine.runUntilIdle()).isOne();

        engine.advance(PAUSE.minusMillis(1));
        assertThat(engine.runUntilIdle()).isZero();
        engine.advance(Duration.ofMillis(1));
        assertThat(engine.runUntilIdle()).isOne();

        engine.advance(PAUSE.multipliedBy(2));
        assertThat(engine.runUntilIdle()).isOne();
        engine.advance(Duration.ofDays(1));
        assertThat(engine.runUntilIdle()).isZero();
        assertThat(done).containsExactly("attempt 0", "attempt 1", "attempt 2");
        assertThat(ended).containsExactly("fail FAILED", "fail FAILED", "fail FAILED");
    }

    @Test
    void a_failing_handler_does_not_keep_others_from_running() {
        engine.enqueue(List.of(failing(0).priority(9), note("other")));

        assertThat(engine.runOnce()).isEqualTo(2);
        assertThat(done).containsExactly("attempt 0", "other");
        assertThat(ended).containsExactly("fail FAILED", "note COMPLETED");
    }

    @Test
    void a_delayed_job_waits_for_its_time() {
        engine.enqueue(note("later").notBefore(START.plus(Duration.ofDays(30))));
        assertThat(engine.runUntilIdle()).isZero();

        assertThat(engine.advance(Duration.ofDays(30))).isEqualTo(engine.now());
        assertThat(engine.runUntilIdle()).isOne();
    }

    @Test
    void a_round_starts_no_more_than_the_slots_and_no_more_of_a_tenant_than_its_limit() {
        engine.lanes().open(new TenantId("small"), 2);
        engine.enqueue(IntStream.range(0, 5).mapToObj(_ -> NewJob.of("small", "note")).toList());
        assertThat(List.of(engine.runOnce(), engine.runOnce(), engine.runOnce()))
                .containsExactly(2, 2, 1);

        engine.enqueue(IntStream.range(0, 9).mapToObj(i -> note("" + i)).toList());
        assertThat(List.of(engine.runOnce(), engine.runOnce())).containsExactly(8, 1);
    }

    @Test
    void jobs_of_a_pool_run_one_permit_at_a_time() {
        engine.enqueue(IntStream.range(0, 3).mapToObj(i -> note("" + i).pool("printer")).toList());

        assertThat(List.of(engine.runOnce(), engine.runOnce(), engine.runOnce()))
                .containsExactly(1, 1, 1);
        assertThat(done).containsExactly("0", "1", "2");
    }

    @Test
    void a_paused_lane_starts_nothing_until_it_goes_on() {
        engine.lanes().pause(new TenantId("acme"));
        engine.enqueue(note("held"));
        assertThat(engine.runUntilIdle()).isZero();

        engine.lanes().resume(new TenantId("acme"));
        assertThat(engine.runUntilIdle()).isOne();
    }

    @Test
    void time_beyond_the_lease_does_not_make_it_a_dead_node() {
        engine.advance(LEASE.multipliedBy(100));
        engine.enqueue(note("after a long time"));

        assertThat(engine.runOnce()).isOne();
        assertThat(ended).containsExactly("note COMPLETED");
    }

    @Test
    void work_during_which_the_lease_passes_still_ends_as_it_did() {
        try (ManualEngine own =
                engineOf(
                        "slow",
                        (self, _) -> {
                            self.advance(LEASE.multipliedBy(10));
                            assertThat(self.runOnce()).isZero();
                        })) {
            own.enqueue(NewJob.of("acme", "slow"));
            assertThat(own.runOnce()).isOne();
        }
        assertThat(ended).containsExactly("slow COMPLETED");
    }

    @Test
    void what_a_job_puts_in_runs_too_before_there_is_rest() {
        try (ManualEngine own =
                engineOf(
                        "chain",
                        (self, _) -> {
                            if (done.size() < 3) {
                                done.add("a link");
                                self.enqueue(NewJob.of("acme", "chain"));
                            }
                        })) {
            own.enqueue(NewJob.of("acme", "chain"));
            assertThat(own.runUntilIdle()).isEqualTo(4);
        }
    }

    /// An engine whose handler knows it.
    private ManualEngine engineOf(String type, BiConsumer<ManualEngine, Execution> work) {
        AtomicReference<ManualEngine> self = new AtomicReference<>();
        self.set(
                builder()
                        .handler(
                                type,
                                execution -> {
                                    work.accept(self.get(), execution);
                                    return Outcome.Completed.plain();
                                })
                        .manual(START));
        return self.get();
    }

    @Test
    void a_listener_that_fails_costs_no_slot_and_no_result() {
        try (ManualEngine own =
                builder()
                        .slots(2)
                        .listener(_ -> {
                            throw new IllegalStateException("The listener is broken.");
                        })
                        .manual(START)) {
            own.enqueue(IntStream.range(0, 5).mapToObj(i -> note("" + i)).toList());
            assertThat(List.of(own.runOnce(), own.runOnce(), own.runOnce()))
                    .containsExactly(2, 2, 1);
        }
    }

    @Test
    void time_does_not_go_back() {
        assertThatThrownBy(() -> engine.advance(Duration.ofSeconds(-1)))
                .hasMessageContaining("does not go back");
    }
}
