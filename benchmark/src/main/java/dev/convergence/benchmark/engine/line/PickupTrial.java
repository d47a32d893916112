package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Arrivals;
import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Latencies;
import dev.convergence.benchmark.engine.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How long jobs of another process wait for idle workers.
final class PickupTrial extends Trial {

    private static final Arrivals ARRIVALS = new Arrivals(400, 2_000, Duration.ofMillis(20));

    private final List<Latencies> rounds = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    PickupTrial(Server server, Plan plan) {
        super(server, plan);
    }

    @Override
    public void warmUp(Contestant contestant) throws Exception {
        latencies(contestant);
    }

    @Override
    public void round(Contestant contestant) throws Exception {
        Latencies latencies = latencies(contestant);
        rounds.add(latencies);
        faults.addAll(faults(latencies.count()));
    }

    private Latencies latencies(Contestant contestant) throws Exception {
        contestant.prepare();
        server.settle();
        return contestant.pickup(ARRIVALS);
    }

    @Override
    public List<Figure> figures(String contestant) {
        return List.of(
                figure("p50", contestant, Latencies::p50),
                figure("p95", contestant, Latencies::p95),
                figure("p99", contestant, Latencies::p99));
    }

    private Figure figure(String which, String contestant, Function<Latencies, Double> value) {
        String label = "pickup, enqueued by another process, idle, " + which;
        return Figure.of(label, contestant, Unit.MILLISECONDS, rounds.stream().map(value).toList())
                .faults(faults)
                .notes(List.of(ARRIVALS.jobs() + " jobs a round"));
    }
}
