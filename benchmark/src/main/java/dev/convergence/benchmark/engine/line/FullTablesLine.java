package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.server.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A drain among a million waiting and a million finished jobs, against one of an empty database.
final class FullTablesLine {

    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    private final Server server;
    private final Plan plan;
    private final Convergence engine;
    private final List<String> faults = new ArrayList<>();

    FullTablesLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
    }

    Figure measure() throws Exception {
        double empty = fromEmpty(plan.jobs());
        int rows = plan.rows();
        engine.prepare();
        engine.enqueue(rows);
        note(engine.drain(rows));
        engine.enqueue(rows + plan.jobs());
        server.settle();
        double full = firstOf(plan.jobs());
        return Figure.of(
                        "drain among %,d waiting and as many finished jobs".formatted(rows),
                        engine.name(),
                        Unit.PERCENT_OF_RATE,
                        List.of(100 * full / empty))
                .faults(faults)
                .notes(
                        List.of(
                                "%,.0f jobs/s, against %,.0f of an empty database"
                                        .formatted(full, empty)));
    }

    /// The faster of two, so that the second is not compared with a cold start.
    private double fromEmpty(int jobs) throws Exception {
        double best = 0;
        for (int i = 0; i < 2; i++) {
            engine.prepare();
            engine.enqueue(jobs);
            server.settle();
            Drain drain = engine.drain(jobs);
            note(drain);
            best = Math.max(best, drain.perSecond());
        }
        return best;
    }

    private void note(Drain drain) {
        if (!drain.count().isExact()) {
            faults.add(drain.count().toString());
        }
    }

    /// Stops when so many are done, with the others still waiting.
    private double firstOf(int jobs) throws Exception {
        engine.close();
        long began = System.nanoTime();
        double perSecond;
        try (Convergence.Node node = engine.run(_ -> {})) {
            while (node.ended() < jobs) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            perSecond = node.ended() / ((System.nanoTime() - began) / 1e9);
        }
        faults.addAll(engine.unbalanced());
        return perSecond;
    }
}
