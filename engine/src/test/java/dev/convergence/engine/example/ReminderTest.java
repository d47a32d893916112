package dev.convergence.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Engine;
import dev.convergence.engine.ManualEngine;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.testkit.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ReminderTest {

    private final DataSource source =
            TestPostgres.dataSource(TestPostgres.freshDatabase() + "&currentSchema=convergence");
    private final List<Integer> attempts = new ArrayList<>();

    @Test
    void a_reminder_that_could_not_be_sent_is_sent_an_hour_later() {
        Engine.migrate(source);
        try (ManualEngine engine =
                Engine.builder(source)
                        .handler(
                                "remind",
                                execution -> {
                                    int attempt = execution.job().attempt();
                                    attempts.add(attempt);
                                    return attempt == 0
                                            ? Outcome.Failed.of("The line is busy.", "BUSY", true)
                                            : Outcome.Completed.plain();
                                })
                        .manual(Instant.parse("2026-01-01T08:00:00Z"))) {
            engine.lanes().open(new TenantId("acme"), 1);
            engine.enqueue(
                    NewJob.of("acme", "remind").retry(RetryPolicy.withBase(Duration.ofHours(1))));

            assertThat(engine.runUntilIdle()).isOne();
            engine.advance(Duration.ofMinutes(59));
            assertThat(engine.runUntilIdle()).isZero();
            engine.advance(Duration.ofMinutes(1));
            assertThat(engine.runUntilIdle()).isOne();

            assertThat(attempts).containsExactly(0, 1);
            assertThat(engine.audit()).isEmpty();
        }
    }
}
