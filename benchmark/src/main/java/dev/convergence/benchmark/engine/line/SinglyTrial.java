package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.server.Server;
import java.util.ArrayList;
import java.util.List;

/// Jobs put in one by one, from several threads at once.
final class SinglyTrial extends Trial {

    private static final int THREADS = 8;

    private final List<Double> rates = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int jobs;

    SinglyTrial(Server server, Plan plan) {
        super(server, plan);
    }

    @Override
    public void warmUp(Contestant contestant) throws Exception {
        rate(contestant);
    }

    @Override
    public void round(Contestant contestant) throws Exception {
        rates.add(rate(contestant));
        faults.addAll(faults(contestant.drain(jobs).count()));
    }

    private double rate(Contestant contestant) throws Exception {
        jobs = plan.singly(contestant.sized(plan.jobs()));
        contestant.prepare();
        server.checkpoint();
        return jobs / seconds(contestant.enqueueSingly(jobs, THREADS));
    }

    @Override
    public List<Figure> figures(String contestant) {
        String label = "enqueue one by one, %d threads".formatted(THREADS);
        return List.of(
                Figure.of(label, contestant, Unit.JOBS_PER_SECOND, rates)
                        .faults(faults)
                        .notes(List.of(jobs + " jobs a round")));
    }
}
