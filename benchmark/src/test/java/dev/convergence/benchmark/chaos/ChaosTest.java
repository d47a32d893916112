package dev.convergence.benchmark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.benchmark.chaos.attack.Attack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole of `bench chaos`, small: real processes, real signals, a real PostgreSQL.
class ChaosTest {

    private static final long SEED = 20261122;

    @TempDir private Path folder;

    @Test
    void nothing_is_lost_or_done_twice_in_a_storm() throws IOException, InterruptedException {
        ChaosSettings settings =
                new ChaosSettings(
                        3_000,
                        2,
                        20,
                        Duration.ofSeconds(10),
                        SEED,
                        EnumSet.of(
                                Attack.KILL,
                                Attack.FREEZE,
                                Attack.TERMINATE,
                                Attack.POSTGRES_RESTART),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(90),
                        folder);

        ChaosReport report = new Chaos(settings, System.out).run();

        report.print(System.out);
        assertThat(report.breaches()).as("seed " + SEED).isEmpty();
        assertThat(report.counts()).containsEntry("jobs asked for", 3_000L);
        assertThat(report.strokes())
                .containsOnlyKeys("kill", "freeze", "terminate", "postgres-restart");
        assertThat(report.counts().get("lost with a node")).isPositive();
    }
}
