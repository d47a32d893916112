package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Arrivals;
import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Count;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.contestant.Latencies;
import dev.convergence.benchmark.engine.server.ProcessorTime;
import dev.convergence.benchmark.engine.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The lines that every contestant is measured by.
public final class CommonLines {

    static final String DRAIN = "drain, one tenant without limit";
    private static final String ENQUEUE = "bulk enqueue";
    private static final int THREADS = 8;
    private static final Arrivals ARRIVALS = new Arrivals(400, 2_000, Duration.ofMillis(20));

    private final Server server;
    private final Plan plan;
    private final Contestant contestant;

    public CommonLines(Server server, Plan plan, Contestant contestant) {
        this.server = server;
        this.plan = plan;
        this.contestant = contestant;
    }

    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        if (plan.has(Line.ENQUEUE) || plan.has(Line.DRAIN)) {
            figures.addAll(enqueueAndDrain());
        }
        if (plan.has(Line.SINGLY)) {
            figures.add(singly());
        }
        if (plan.has(Line.PICKUP)) {
            figures.addAll(pickup());
        }
        if (plan.has(Line.SCHEDULES)) {
            schedules().ifPresent(figures::add);
        }
        return figures;
    }

    /// What one round puts in, it drains.
    private List<Figure> enqueueAndDrain() throws Exception {
        int jobs = contestant.sized(plan.jobs());
        warmUp(jobs);
        List<Double> enqueued = new ArrayList<>();
        List<Double> drained = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        ProcessorTime spent = ProcessorTime.NONE;
        for (int i = 0; i < plan.rounds(); i++) {
            Round round = round(jobs);
            spent = spent.plus(round.spent());
            enqueued.add(jobs / seconds(round.enqueue()));
            drained.add(round.drain().perSecond());
            faults.addAll(faults(round.drain().count()));
        }
        List<Figure> figures = new ArrayList<>();
        String size = jobs + " jobs a round";
        if (plan.has(Line.ENQUEUE)) {
            figures.add(
                    figure(ENQUEUE, Unit.JOBS_PER_SECOND, enqueued)
                            .faults(faults)
                            .notes(List.of(size)));
        }
        if (plan.has(Line.DRAIN)) {
            List<String> notes = List.of(size, spent.forEachOf((long) plan.rounds() * jobs));
            figures.add(figure(DRAIN, Unit.JOBS_PER_SECOND, drained).faults(faults).notes(notes));
        }
        return figures;
    }

    /// Whole rounds come before those that count, until a contestant has drained for a while: with
    /// less, the work of its compiler is measured.
    private void warmUp(int jobs) throws Exception {
        Duration drained = Duration.ZERO;
        while (drained.compareTo(plan.warmUp()) < 0) {
            drained = drained.plus(round(jobs).drain().took());
        }
    }

    /// @param spent from the start of the workers until they had stopped
    private record Round(Duration enqueue, Drain drain, ProcessorTime spent) {}

    private Round round(int jobs) throws Exception {
        contestant.prepare();
        server.checkpoint();
        Duration enqueue = contestant.enqueue(jobs);
        server.settle();
        ProcessorTime before = server.processorTime();
        Drain drain = contestant.drain(jobs);
        return new Round(enqueue, drain, server.processorTime().since(before));
    }

    private Figure singly() throws Exception {
        int jobs = plan.singly(contestant.sized(plan.jobs()));
        List<Double> rates = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = -1; i < plan.rounds(); i++) {
            contestant.prepare();
            server.checkpoint();
            double rate = jobs / seconds(contestant.enqueueSingly(jobs, THREADS));
            if (i >= 0) {
                rates.add(rate);
                faults.addAll(faults(contestant.drain(jobs).count()));
            }
        }
        return figure("enqueue one by one, 8 threads", Unit.JOBS_PER_SECOND, rates)
                .faults(faults)
                .notes(List.of(jobs + " jobs a round"));
    }

    private List<Figure> pickup() throws Exception {
        List<Latencies> rounds = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = -1; i < plan.rounds(); i++) {
            contestant.prepare();
            server.settle();
            Latencies latencies = contestant.pickup(ARRIVALS);
            if (i >= 0) {
                rounds.add(latencies);
                faults.addAll(faults(latencies.count()));
            }
        }
        String what = "pickup, enqueued by another process, idle, ";
        return List.of(
                latency(what + "p50", rounds.stream().map(Latencies::p50).toList(), faults),
                latency(what + "p95", rounds.stream().map(Latencies::p95).toList(), faults),
                latency(what + "p99", rounds.stream().map(Latencies::p99).toList(), faults));
    }

    private Optional<Figure> schedules() throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        int schedules = plan.schedules();
        for (int i = -1; i < plan.rounds(); i++) {
            contestant.prepare();
            if (!contestant.schedule(schedules)) {
                return Optional.empty();
            }
            server.settle();
            Drain drain = contestant.fire(schedules);
            if (i >= 0) {
                seconds.add(seconds(drain.took()));
                faults.addAll(faults(drain.count()));
            }
        }
        String label = "%,d schedules due at once, all fired and done".formatted(schedules);
        return Optional.of(figure(label, Unit.SECONDS, seconds).faults(faults));
    }

    private Figure latency(String label, List<Double> rounds, List<String> faults) {
        return figure(label, Unit.MILLISECONDS, rounds)
                .faults(faults)
                .notes(List.of(ARRIVALS.jobs() + " jobs a round"));
    }

    private Figure figure(String label, Unit unit, List<Double> rounds) {
        return Figure.of(label, contestant.name(), unit, rounds);
    }

    private static List<String> faults(Count count) {
        return count.isExact() ? List.of() : List.of(count.toString());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
