package dev.convergence.service.http.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.run.Pulse;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.ProbeHandler;
import dev.convergence.service.MigratedDatabase;
import dev.convergence.testkit.ManualClock;
import dev.convergence.testkit.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a tenant's watchers are told of its queue.
class TenantFeedTest {

    private static final TenantId ACME = new TenantId("acme");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final TenantFeed feed = new TenantFeed(ACME, engine());
    private final Watcher watcher = new Watcher(clock.instant().toEpochMilli());

    @Test
    void a_queue_that_moved_and_is_as_it_was_is_told_again() throws InterruptedException {
        feed.join(watcher);
        look("begun");
        assertThat(watcher.next(Duration.ZERO)).map(Event::name).contains("queue");

        look("begun");
        assertThat(watcher.next(Duration.ZERO)).isEmpty();

        look("settled");
        assertThat(watcher.next(Duration.ZERO)).map(Event::name).contains("queue");
    }

    private void look(String mark) {
        feed.look(new Pulse(ACME, mark, null, 0, 0, 0, 3, null), clock.instant());
    }

    private Rooms engine() {
        String url = MigratedDatabase.url() + "&currentSchema=convergence";
        EngineConfig config =
                new EngineConfig(
                        0,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        RetryPolicy.withBase(Duration.ZERO),
                        0,
                        Map.of(),
                        Path.of("unused"));
        return new Rooms(
                new Database(TestPostgres.dataSource(url)),
                clock,
                config,
                List.of(new ProbeHandler()),
                EngineListener.NOBODY);
    }
}
