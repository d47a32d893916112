package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs put in one by one by many callers at the same time.
class ArrivalsTest {

    private static final int CALLERS = 12;
    private static final int EACH = 40;

    private final Installation installation = new Installation();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        threads.close();
        installation.close();
    }

    @Test
    void each_is_in_once_when_its_caller_goes_on_and_keeps_its_callers_order() throws Exception {
        List<Rooms> nodes = List.of(installation.node(0), installation.node(0));
        List<TenantId> tenants =
                IntStream.range(0, CALLERS)
                        .mapToObj(i -> installation.tenant("tenant-" + i, 10, 1))
                        .toList();
        List<Future<?>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            Rooms node = nodes.get(i % nodes.size());
            TenantId tenant = tenants.get(i);
            callers.add(threads.submit(() -> putInOneByOne(node, tenant)));
        }
        for (Future<?> caller : callers) {
            caller.get();
        }
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(CALLERS * EACH);
        assertThat(installation.count(OUT_OF_ORDER)).isZero();
        assertThat(installation.count("SELECT count(*) FROM lane WHERE has_ready"))
                .isEqualTo(CALLERS);
    }

    private static final String OUT_OF_ORDER =
            """
            SELECT count(*) FROM (
                SELECT (params ->> 'echo')::int AS asked,
                       row_number() OVER (PARTITION BY tenant_id ORDER BY position) AS came
                FROM job) AS places
            WHERE asked <> came - 1
            """;

    private void putInOneByOne(Rooms node, TenantId tenant) {
        for (int i = 0; i < EACH; i++) {
            Job job = installation.probe(tenant, 5, Map.of("echo", i));
            node.queue().enqueue(job);
            assertThat(node.queue().find(job.id())).isPresent();
        }
    }

    @Test
    void one_that_the_database_refuses_takes_no_other_with_it() throws Exception {
        Rooms node = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 1);
        List<Future<?>> good = new ArrayList<>();
        List<Future<?>> bad = new ArrayList<>();
        for (int i = 0; i < CALLERS * EACH; i++) {
            boolean isBad = i % 10 == 0;
            Object echo = isBad ? "no text may hold \u0000" : "x";
            Job job = installation.probe(tenant, 5, Map.of("echo", echo));
            (isBad ? bad : good).add(threads.submit(() -> node.queue().enqueue(job)));
        }
        for (Future<?> one : good) {
            one.get();
        }
        assertThat(bad)
                .allSatisfy(one -> assertThatThrownBy(one::get).hasMessageContaining("refused"));
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(good.size());
    }
}
