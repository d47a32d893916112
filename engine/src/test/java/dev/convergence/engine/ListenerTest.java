package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.ListenerModeChanged;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.event.WakeUp;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.queue.Bell;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.recovery.Presence;
import dev.convergence.engine.sql.Database;
import dev.convergence.testkit.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A node notices when notifications do not reach it, and its work goes on all the same.
class ListenerTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LOOKS_MAX = 20;

    private static String url;
    private static HikariDataSource connections;

    private final Queue<EngineEvent> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger woken = new AtomicInteger();
    private final List<Listener> opened = new ArrayList<>();

    @BeforeAll
    static void open() {
        url = TestPostgres.freshDatabase();
        Engine.migrate(TestPostgres.dataSource(url));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setSchema("convergence");
        config.setMaximumPoolSize(30);
        config.setMinimumIdle(2);
        connections = new HikariDataSource(config);
    }

    @AfterAll
    static void closeAll() {
        connections.close();
    }

    @AfterEach
    void close() {
        opened.forEach(Listener::close);
    }

    @Test
    void a_token_that_is_heard_shows_that_rings_arrive_and_wakes_nobody() {
        Listener listener = listener(connections);

        runUntil(listener, WakeUp.NOTIFY, START);

        assertThat(told).containsExactly(new ListenerModeChanged(WakeUp.NOTIFY));
        assertThat(woken).hasValue(0);
    }

    @Test
    void a_ring_of_another_node_wakes() {
        Listener listener = listener(connections);
        runUntil(listener, WakeUp.NOTIFY, START);

        new Bell(new Database(connections)).ring();
        for (int look = 0; look < LOOKS_MAX && woken.get() == 0; look++) {
            listener.runOnce(START);
        }

        assertThat(woken).hasValue(1);
    }

    @Test
    void silence_after_the_token_is_polling_until_a_later_try_is_heard() {
        SilentPooler pooler = new SilentPooler(connections, true);
        Listener listener = listener(pooler.source());

        listener.runOnce(START);
        listener.runOnce(START.plus(Listener.ANSWER_MAX).minusMillis(1));
        assertThat(listener.mode()).isEmpty();
        listener.runOnce(START.plus(Listener.ANSWER_MAX));
        assertThat(listener.mode()).contains(WakeUp.POLL);

        pooler.silent(false);
        runUntil(listener, WakeUp.NOTIFY, START.plus(Listener.NEXT_TRY));
        assertThat(told)
                .containsExactly(
                        new ListenerModeChanged(WakeUp.POLL),
                        new ListenerModeChanged(WakeUp.NOTIFY));
    }

    @Test
    void a_listener_that_has_grown_deaf_notices_by_itself() throws SQLException {
        SilentPooler pooler = new SilentPooler(connections, false);
        Listener listener = listener(pooler.source());
        runUntil(listener, WakeUp.NOTIFY, START);

        pooler.forgetListeners();
        Instant later = START.plus(Listener.SILENCE_MAX);
        listener.runOnce(later);
        listener.runOnce(later.plus(Listener.ANSWER_MAX));

        assertThat(listener.mode()).contains(WakeUp.POLL);
    }

    @Test
    void work_of_another_node_is_found_although_no_ring_arrives() throws InterruptedException {
        DataSource pooler = new SilentPooler(connections, true).source();
        AtomicInteger done = new AtomicInteger();
        try (Engine worker =
                        Engine.builder(pooler)
                                .listener(told::add)
                                .handler(
                                        "count",
                                        _ -> {
                                            done.incrementAndGet();
                                            return Outcome.Completed.plain();
                                        })
                                .build();
                Engine caller = Engine.builder(pooler).slots(0).build()) {
            caller.lanes().open(new TenantId("acme"), 10);
            worker.start();
            eventually(
                    "it is told", SOON, () -> told.contains(new ListenerModeChanged(WakeUp.POLL)));
            for (int job = 1; job <= 3; job++) {
                int expected = job;
                caller.enqueue(NewJob.of("acme", "count"));
                eventually("the job is done", SOON, () -> done.get() == expected);
            }
        }
    }

    @Test
    void a_worker_without_rings_looks_often_while_there_is_work_and_rests_when_there_is_none() {
        PollPace pace = pace(WakeUp.POLL, 0.5);

        assertThat(pace.pause(START)).isEqualTo(PollPace.SHORTEST);
        assertThat(pace.pause(START.plusSeconds(1))).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.pause(START.plusSeconds(5))).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.pause(START.plusSeconds(3600))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void nodes_without_rings_do_not_look_all_at_once() {
        Instant idle = START.plusSeconds(3600);

        assertThat(pace(WakeUp.POLL, 0).pause(idle)).isEqualTo(Duration.ofMillis(750));
        assertThat(pace(WakeUp.POLL, 1).pause(idle)).isEqualTo(Duration.ofMillis(1250));
    }

    @Test
    void where_rings_arrive_the_pause_is_as_configured() {
        assertThat(pace(WakeUp.NOTIFY, 0).pause(START)).isEqualTo(Duration.ofSeconds(1));
    }

    private static PollPace pace(WakeUp mode, double dice) {
        return new PollPace(
                Duration.ofSeconds(1), () -> Optional.of(mode), () -> START, () -> dice);
    }

    private Listener listener(DataSource source) {
        Bell bell = new Bell(new Database(connections));
        bell.listen(woken::incrementAndGet);
        Listener made = new Listener(source, bell, new Presence(), new Events(told::add));
        opened.add(made);
        return made;
    }

    private static void runUntil(Listener listener, WakeUp mode, Instant now) {
        for (int look = 0;
                look < LOOKS_MAX && listener.mode().filter(mode::equals).isEmpty();
                look++) {
            listener.runOnce(now);
        }
        assertThat(listener.mode()).contains(mode);
    }
}
