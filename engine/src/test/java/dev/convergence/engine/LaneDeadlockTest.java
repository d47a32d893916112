package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneDeadlockTest {

    private static final int TENANTS = 40;
    private static final int JOBS_EACH = 50;
    private static final int LOOKS_MAX = 5_000;

    private static final String DEADLOCKS =
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void many_tenants_on_several_nodes_never_wait_in_a_circle() throws InterruptedException {
        List<Engine> nodes = IntStream.range(0, 3).mapToObj(_ -> installation.node(16)).toList();
        List<TenantId> tenants =
                IntStream.range(0, TENANTS)
                        .mapToObj(i -> installation.tenant("tenant-" + i, 10, 3))
                        .toList();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (Engine node : nodes) {
            threads.add(Thread.ofPlatform().start(() -> work(node, failures)));
        }
        for (int i = 0; i < JOBS_EACH; i++) {
            List<Job> jobs =
                    tenants.stream().map(t -> installation.probe(t, 5, Map.of())).toList();
            installation.enqueue(nodes.getFirst(), jobs);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(installation.count("SELECT count(*) FROM run")).isEqualTo(TENANTS * JOBS_EACH);
        installation.database.read(
                handle -> handle.createQuery("SELECT pg_stat_clear_snapshot()::text").mapTo(String.class).list());
        assertThat(installation.count(DEADLOCKS)).isZero();
    }

    private void work(Engine node, Queue<Throwable> failures) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            try {
                node.worker().runOnce(installation.clock.instant());
                node.queue().sweep();
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
            if (installation.count("SELECT count(*) FROM run") == TENANTS * JOBS_EACH) {
                return;
            }
        }
    }
}
