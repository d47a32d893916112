package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.recovery.ClusterDuty;
import dev.convergence.engine.recovery.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Day partitions appear ahead of their day, whoever is in the way.
class PartitionsTest {

    private static final Duration IMPATIENT = Duration.ofMillis(50);
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final Installation installation = new Installation();
    private final Partitions partitions = new Partitions(installation.database, PATIENT);

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_node_that_joined_has_partitions_for_days_ahead() {
        installation.node(0);

        assertThat(days("job")).contains("20261121", "20261122", "20261125", "20261128");
        assertThat(days("run")).isEqualTo(days("job"));
        assertThat(days("slot")).isEqualTo(days("job"));
    }

    @Test
    void days_pass_and_partitions_appear_ahead() {
        installation.node(0);

        installation.clock.advance(Duration.ofDays(5));
        assertThat(partitions.make(installation.clock.instant())).isTrue();

        assertThat(days("job")).contains("20261130", "20261203").doesNotContain("20261204");
    }

    @Test
    void a_partition_is_a_whole_one() {
        installation.node(0);

        assertThat(indexes("job_20261122")).isEqualTo(indexes("job_default")).isPositive();
        assertThat(indexes("run_20261122")).isEqualTo(indexes("run_default")).isPositive();
        assertThat(
                        installation.count(
                                """
                                SELECT count(*) FROM pg_class WHERE relispartition AND relkind = 'r'
                                AND relname !~ 'default'
                                AND NOT 'autovacuum_freeze_min_age=0' = ANY (reloptions)
                                """))
                .isZero();
    }

    @Test
    void whoever_reads_jobs_of_a_day_is_in_nobodys_way() {
        boolean made =
                installation.database.inTransaction(reader -> {
                    reader.execute("LOCK TABLE ONLY job, ONLY run, ONLY slot IN ACCESS SHARE MODE");
                    return elsewhere(() -> partitions.make(now()));
                });

        assertThat(made).isTrue();
        assertThat(days("job")).hasSize(8);
    }

    @Test
    void a_partition_waits_for_a_long_reader_of_the_default_one_until_the_next_round() {
        boolean made =
                installation.database.inTransaction(reader -> {
                    reader.execute("SELECT count(*) FROM job");
                    return elsewhere(
                            () -> new Partitions(installation.database, IMPATIENT).make(now()));
                });

        assertThat(made).isFalse();
        assertThat(days("job")).isEmpty();
        assertThat(days("run")).hasSize(8);
        assertThat(partitions.make(now())).isTrue();
        assertThat(days("job")).hasSize(8);
    }

    @Test
    void a_day_that_has_rows_in_the_default_partition_stays_there() {
        UUID id = TimeOrderedId.next(now().plus(Duration.ofDays(2)));
        installation.database.transact(handle -> {
            handle.execute(
                    "INSERT INTO job (job_id, tenant_id, job_type, priority) VALUES (?, 'acme', 'probe', 5)",
                    id);
            handle.execute(
                    "INSERT INTO run (job_id, tenant_id, state, finished_at) VALUES (?, 'acme', 'SKIPPED', now())",
                    id);
        });

        assertThat(partitions.make(now())).isTrue();

        assertThat(days("run")).hasSize(7).doesNotContain("20261124");
        assertThat(days("job")).hasSize(7).doesNotContain("20261124");
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(1);
    }

    @Test
    void nodes_that_start_at_once_make_each_partition_once() {
        List<Boolean> whole =
                Stream.generate(() -> partitions)
                        .limit(4)
                        .parallel()
                        .map(each -> each.make(now()))
                        .toList();

        assertThat(whole).containsOnly(true);
        assertThat(days("job")).hasSize(8);
    }

    @Test
    void one_node_at_a_time_has_the_turn() {
        AtomicInteger rounds = new AtomicInteger();
        ClusterDuty mine = duty(rounds, true);
        ClusterDuty others = duty(rounds, true);

        mine.runOnce(now());
        others.runOnce(now());
        assertThat(rounds).hasValue(1);

        others.runOnce(now().plus(Duration.ofHours(1)));
        assertThat(rounds).hasValue(2);
    }

    @Test
    void what_one_node_could_not_finish_another_does_soon() {
        AtomicInteger rounds = new AtomicInteger();
        duty(rounds, false).runOnce(now());

        duty(rounds, true).runOnce(now().plus(Duration.ofMinutes(4)));
        assertThat(rounds).hasValue(1);
        duty(rounds, true).runOnce(now().plus(Duration.ofMinutes(5)));
        assertThat(rounds).hasValue(2);
    }

    private ClusterDuty duty(AtomicInteger rounds, boolean whole) {
        return new ClusterDuty(
                installation.database,
                "a duty",
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                _ -> {
                    rounds.incrementAndGet();
                    return whole;
                });
    }

    /// On a connection of its own: a thread has one at a time.
    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    private Instant now() {
        return installation.clock.instant();
    }

    private long indexes(String table) {
        return installation.count(
                "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = '"
                        + table
                        + "'::regclass");
    }

    private List<String> days(String table) {
        return installation.database.read(handle ->
                handle.createQuery(
                                """
                                SELECT right(relname, 8) FROM pg_inherits JOIN pg_class ON oid = inhrelid
                                WHERE inhparent = CAST(:table AS regclass) AND relname !~ 'default' ORDER BY 1
                                """)
                        .bind("table", table)
                        .mapTo(String.class)
                        .list());
    }
}
