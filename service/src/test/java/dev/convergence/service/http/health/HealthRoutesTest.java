package dev.convergence.service.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.event.WakeUp;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.health.HealthRoutes.Life;
import dev.convergence.service.http.health.HealthRoutes.Ready;
import dev.convergence.testkit.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;

class HealthRoutesTest {

    private final DrainState drain = new DrainState();
    private @Nullable WakeUp wakeUp;

    @Test
    void a_node_that_goes_down_says_so() {
        HealthRoutes routes = routes(new ReadinessCheck("database", () -> true));
        drain.onApplicationEvent(
                new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
        ResponseEntity<Life> life = routes.live();
        assertThat(life.getStatusCode().value()).isEqualTo(503);
        assertThat(life.getBody()).isNotNull().extracting(Life::status).isEqualTo("shutting_down");
        assertThat(routes.ready().getStatusCode().value()).isEqualTo(503);
    }

    @Test
    void what_fails_is_named_and_its_reason_is_not() {
        ResponseEntity<Ready> ready =
                routes(
                                new ReadinessCheck("database", () -> true),
                                new ReadinessCheck(
                                        "warehouse",
                                        () -> {
                                            throw new IllegalStateException("/secret/path");
                                        }))
                        .ready();
        assertThat(ready.getStatusCode().value()).isEqualTo(503);
        assertThat(String.valueOf(ready.getBody()))
                .contains("warehouse is failed")
                .contains("database=ok")
                .doesNotContain("secret");
    }

    @Test
    void what_hangs_counts_as_failed_after_the_cap() {
        CountDownLatch never = new CountDownLatch(1);
        ResponseEntity<Ready> ready =
                routes(
                                Duration.ofSeconds(1),
                                new ReadinessCheck(
                                        "database",
                                        () -> {
                                            never.await();
                                            return true;
                                        }))
                        .ready();
        assertThat(ready.getStatusCode().value()).isEqualTo(503);
    }

    @Test
    void a_flood_of_questions_asks_once_a_second() {
        AtomicInteger asked = new AtomicInteger();
        long began = System.nanoTime();
        HealthRoutes routes =
                routes(new ReadinessCheck("database", () -> asked.incrementAndGet() > 0));
        for (int i = 0; i < 20; i++) {
            assertThat(routes.ready().getStatusCode().value()).isEqualTo(200);
        }
        Duration flood = Duration.ofNanos(System.nanoTime() - began);
        assertThat(asked.get()).isLessThanOrEqualTo((int) flood.toSeconds() + 1);
    }

    @Test
    void a_node_that_hears_nothing_is_ready_and_says_how_it_works() {
        wakeUp = WakeUp.POLL;
        ResponseEntity<Ready> ready = routes().ready();
        assertThat(ready.getStatusCode().value()).isEqualTo(200);
        assertThat(ready.getBody()).isNotNull().extracting(Ready::wakeUp).isEqualTo("poll");
        assertThat(String.valueOf(ready.getBody())).contains("pooler");
        wakeUp = WakeUp.NOTIFY;
        assertThat(String.valueOf(routes().ready().getBody()))
                .contains("wakeUp=notify")
                .doesNotContain("pooler");
    }

    private HealthRoutes routes(ReadinessCheck... checks) {
        return routes(Duration.ofSeconds(60), checks);
    }

    private HealthRoutes routes(Duration cap, ReadinessCheck... checks) {
        HttpSettings settings =
                new HttpSettings("1.2.3", "test", List.of(), false, true, List.of());
        return new HealthRoutes(
                settings,
                drain,
                new Readiness(List.of(checks), cap),
                new VacuumWatch(
                        new Database(TestPostgres.dataSource(TestPostgres.freshDatabase())),
                        new SimpleMeterRegistry()),
                () -> Optional.ofNullable(wakeUp));
    }
}
