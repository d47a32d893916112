package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Arrivals;
import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Latencies;
import dev.convergence.benchmark.engine.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// How soon a quiet tenant's jobs start while another tenant has half a million waiting.
final class BacklogLine {

    private static final Arrivals ARRIVALS = new Arrivals(400, 100, Duration.ofMillis(20));

    /// So many of the other's jobs end each second, however many slots they occupy: what is
    /// measured is the wait behind a backlog, not an engine that has no time left.
    private static final int OTHERS_END_PER_SECOND = 10_000;

    private static final String LOUD = "tenant-2";

    private final Server server;
    private final Plan plan;
    private final Convergence engine;
    private final Duration othersLast;

    BacklogLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
        othersLast = Duration.ofSeconds(engine.slots()).dividedBy(OTHERS_END_PER_SECOND);
    }

    List<Figure> measure() throws Exception {
        int backlog = plan.backlog();
        engine.prepare();
        engine.openLane(LOUD, Convergence.NO_LIMIT);
        engine.enqueue(backlog, _ -> LOUD);
        server.settle();
        Latencies latencies = engine.pickupBeside(ARRIVALS, othersLast);
        List<String> faults = new ArrayList<>(engine.unbalanced());
        if (!latencies.count().isExact()) {
            faults.add(latencies.count().toString());
        }
        String what = "pickup of a quiet tenant while another has %,d waiting, ".formatted(backlog);
        return List.of(
                figure(what + "p50", latencies, Latencies::p50, faults),
                figure(what + "p95", latencies, Latencies::p95, faults),
                figure(what + "p99", latencies, Latencies::p99, faults));
    }

    private Figure figure(
            String label,
            Latencies latencies,
            ToDoubleFunction<Latencies> which,
            List<String> faults) {
        return Figure.of(
                        label,
                        engine.name(),
                        Unit.MILLISECONDS,
                        List.of(which.applyAsDouble(latencies)))
                .faults(faults)
                .notes(
                        List.of(
                                "all slots busy with the other's jobs of "
                                        + othersLast.toMillis()
                                        + " ms; 400 jobs, one after another"));
    }
}
