package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Repairs.Repaired;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What somebody's hand left in the tables is put right, and nothing else is touched.
class RepairTest {

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void rows_that_belong_to_nothing_go_and_a_lane_counts_right_again() {
        Rooms engine = installation.node(0);
        TenantId tenant = installation.tenant("acme", 10, 4);
        Job waits = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(waits));
        installation.database.transact(handle -> {
            handle.execute("UPDATE lane SET running = 3");
            handle.execute(
                    "INSERT INTO ready (tenant_id, priority, job_id) VALUES ('acme', 5, gen_random_uuid())");
            handle.execute("INSERT INTO permit VALUES ('ollama-local', 1, gen_random_uuid(), 7)");
            handle.execute("INSERT INTO in_flight VALUES ('acme', 'config:x', gen_random_uuid())");
        });

        assertThat(engine.repairs().repair()).isEqualTo(new Repaired(1, 1, 1, 1));
        assertThat(engine.repairs().repair()).isEqualTo(new Repaired(0, 0, 0, 0));
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(1);
        assertThat(installation.count("SELECT running FROM lane")).isZero();
    }
}
