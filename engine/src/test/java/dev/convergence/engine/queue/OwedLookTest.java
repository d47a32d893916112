package dev.convergence.engine.queue;

import static dev.convergence.engine.queue.FullDatabase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.EngineConfig;
import dev.convergence.engine.MigratedDatabase;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A worker that is owed a look comes back early for it, but only where it can take that look.
class OwedLookTest {

    private static final Duration DEAR = Duration.ofMillis(50);

    private final HikariDataSource source = new HikariDataSource(pool());

    private static HikariConfig pool() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(MigratedDatabase.url());
        pool.setSchema("convergence");
        pool.setMaximumPoolSize(2);
        return pool;
    }

    @AfterEach
    void close() {
        source.close();
    }

    private Worker owedALook(int slots) {
        Rooms engine =
                new Rooms(
                        new Database(source),
                        InstantSource.fixed(NOW),
                        config(slots),
                        List.of(),
                        EngineListener.NOBODY);
        Floors floors = engine.queue().floors();
        for (int look = 0; look < 8; look++) {
            floors.lookedFromTheStart(DEAR.toNanos());
        }
        assertThat(floors.mayLookFromTheStart()).isFalse();
        return engine.worker();
    }

    private static EngineConfig config(int slots) {
        return new EngineConfig(
                slots,
                Duration.ofSeconds(30),
                Optional.empty(),
                Duration.ofSeconds(1),
                RetryPolicy.withBase(Duration.ofSeconds(60)),
                0,
                Map.of(),
                Path.of("unused"));
    }

    @Test
    void who_has_a_free_slot_comes_back_when_the_look_can_be_afforded() {
        assertThat(owedALook(1).untilOwedLook()).isPresent();
    }

    @Test
    void who_has_no_free_slot_waits_for_one_instead_of_asking_again_and_again() {
        assertThat(owedALook(0).untilOwedLook()).isEmpty();
    }

    @Test
    void where_no_lane_has_work_no_look_is_owed_any_more() {
        Worker idle = owedALook(1);

        assertThat(idle.runAgain(NOW)).isFalse();

        assertThat(idle.untilOwedLook()).isEmpty();
    }
}
