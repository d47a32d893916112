package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.recovery.NodeView;
import dev.convergence.engine.recovery.NodeView.State;
import dev.convergence.engine.recovery.Nodes;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The nodes as an operator sees and drains them.
class NodesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Installation installation = new Installation();
    private final CountDownLatch end = new CountDownLatch(1);
    private final JobHandler held =
            JobHandler.of(
                    Job.PROBE,
                    _ -> {
                        end.await();
                        return Outcome.Failed.of("It was told to fail.", "TEST", false);
                    });

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        end.countDown();
        installation.close();
    }

    @Test
    void a_drained_node_claims_nothing_and_another_takes_what_waits() {
        Rooms drained = installation.node(4);
        Rooms other = installation.node(4);
        Job job = waiting(drained);
        drained.nodes().setDraining(drained.membership().node(), true);

        drained.worker().runOnce(now());
        assertThat(installation.state(job.id())).isEqualTo("LIVE");
        assertThat(installation.count("SELECT count(*) FROM lease")).isZero();

        other.worker().runOnce(now());
        eventually("it ends", SOON, () -> installation.state(job.id()).equals("COMPLETED"));
    }

    @Test
    void a_drained_node_goes_on_with_what_it_holds_and_works_again_when_it_may() {
        Rooms node = installation.node(4, held);
        Nodes nodes = node.nodes();
        NodeId id = node.membership().node();
        Job first = waiting(node);
        node.worker().runOnce(now());
        eventually("one runs", SOON, () -> node.worker().runningCount() == 1);

        assertThat(state(nodes.setDraining(id, true))).isEqualTo(State.DRAINING);
        assertThat(nodes.find(id).running()).isEqualTo(1);
        assertThat(nodes.find(id).oldestClaim()).isEqualTo(now());
        end.countDown();
        eventually("it ends", SOON, () -> installation.state(first.id()).equals("FAILED"));
        assertThat(state(nodes.find(id))).isEqualTo(State.DRAINED);

        Job second = waiting(node);
        node.worker().rung();
        node.worker().runOnce(now());
        assertThat(installation.state(second.id())).isEqualTo("LIVE");
        assertThat(state(nodes.setDraining(id, false))).isEqualTo(State.ALIVE);
        node.worker().rung();
        node.worker().runOnce(now());
        eventually("it ends", SOON, () -> installation.state(second.id()).equals("FAILED"));
    }

    @Test
    void nodes_are_listed_newest_first_and_a_silent_one_is_told_from_a_living_one() {
        Rooms silent = installation.node(2);
        installation.clock.advance(Duration.ofSeconds(40));
        Rooms living = installation.node(3);

        List<NodeView> first = living.nodes().list(null, 1);
        assertThat(first).extracting(NodeView::id).containsExactly(living.membership().node());
        NodeView last = first.getLast();
        assertThat(living.nodes().list(new NodeView.Place(last.startedAt(), last.id()), 9))
                .isEmpty();
        assertThatThrownBy(() -> living.nodes().find(silent.membership().node()))
                .hasMessageContaining("There is no node");

        installation.clock.advance(Duration.ofSeconds(30));
        assertThat(state(living.nodes().find(living.membership().node()))).isEqualTo(State.SILENT);
        assertThatThrownBy(() -> living.nodes().setDraining(new NodeId(UUID.randomUUID()), true))
                .hasMessageContaining("There is no node");
    }

    private Job waiting(Rooms engine) {
        TenantId tenant = installation.tenant("tenant_" + UUID.randomUUID().hashCode(), 10, 4);
        Job job = installation.probe(tenant, 5, Map.of());
        installation.enqueue(engine, List.of(job));
        return job;
    }

    private State state(NodeView node) {
        return node.state(now(), Duration.ofSeconds(30));
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
