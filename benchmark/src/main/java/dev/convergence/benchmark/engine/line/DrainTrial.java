package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.server.ProcessorTime;
import dev.convergence.benchmark.engine.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Jobs put in by the fastest way, then drained.
final class DrainTrial extends Trial {

    private static final String DRAIN = "drain, one tenant without limit";
    private static final String ENQUEUE = "bulk enqueue";

    private final List<Double> enqueued = new ArrayList<>();
    private final List<Double> drained = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private ProcessorTime spent = ProcessorTime.NONE;
    private int jobs;

    DrainTrial(Server server, Plan plan) {
        super(server, plan);
    }

    /// Whole rounds, until a contestant has drained for a while.
    @Override
    public void warmUp(Contestant contestant) throws Exception {
        Duration took = Duration.ZERO;
        while (took.compareTo(plan.warmUp()) < 0) {
            took = took.plus(measured(contestant).drain().took());
        }
    }

    @Override
    public void round(Contestant contestant) throws Exception {
        Round round = measured(contestant);
        spent = spent.plus(round.spent());
        enqueued.add(jobs / seconds(round.enqueue()));
        drained.add(round.drain().perSecond());
        faults.addAll(faults(round.drain().count()));
    }

    /// @param spent from the start of the workers until they had stopped
    private record Round(Duration enqueue, Drain drain, ProcessorTime spent) {}

    private Round measured(Contestant contestant) throws Exception {
        jobs = contestant.sized(plan.jobs());
        contestant.prepare();
        server.checkpoint();
        Duration enqueue = contestant.enqueue(jobs);
        server.settle();
        ProcessorTime before = server.processorTime();
        Drain drain = contestant.drain(jobs);
        return new Round(enqueue, drain, server.processorTime().since(before));
    }

    @Override
    public List<Figure> figures(String contestant) {
        List<Figure> figures = new ArrayList<>();
        String size = jobs + " jobs a round";
        if (plan.has(Line.ENQUEUE)) {
            figures.add(
                    Figure.of(ENQUEUE, contestant, Unit.JOBS_PER_SECOND, enqueued)
                            .faults(faults)
                            .notes(List.of(size)));
        }
        if (plan.has(Line.DRAIN)) {
            long all = (long) drained.size() * jobs;
            figures.add(
                    Figure.of(DRAIN, contestant, Unit.JOBS_PER_SECOND, drained)
                            .faults(faults)
                            .notes(List.of(size, spent.forEachOf(all))));
        }
        return figures;
    }
}
