package dev.convergence.benchmark.scheduler;

import dev.convergence.benchmark.engine.contestant.Contestants;
import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.line.Unit;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// What is measured, one line after the other, ours and by hand on the same tables' sizes.
final class Lines {

    private static final int TICKS = 200;
    private static final int MONTH = 43_200;
    private static final double MILLIS = 1e-6;
    private static final double SECONDS = 1e-9;

    private final Server server;
    private final int configs;
    private final List<Integer> due;
    private final int rounds;
    private final PrintStream progress;
    private final List<Figure> figures = new ArrayList<>();

    Lines(Server server, int configs, List<Integer> due, int rounds, PrintStream progress) {
        this.server = server;
        this.configs = configs;
        this.due = due;
        this.rounds = rounds;
        this.progress = progress;
    }

    List<Figure> measure() throws Exception {
        byHand();
        ours();
        return figures;
    }

    private void byHand() throws Exception {
        try (RawSchedules raw = new RawSchedules(server)) {
            raw.make(configs);
            add(idle(), "raw", Unit.MILLISECONDS, ticks(raw::isAnyDue), List.of());
            for (int count : due) {
                List<Double> seconds = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    raw.makeDue(count);
                    seconds.add(SECONDS * nanos(raw::fire));
                }
                add(fired(count), "raw", Unit.SECONDS, seconds, List.of());
            }
            raw.drop();
        }
    }

    private void ours() throws Exception {
        try (OurSchedules ours = new OurSchedules(server)) {
            ours.make(configs);
            add(idle(), Contestants.OURS, Unit.MILLISECONDS, ticks(ours::tick), List.of());
            for (int count : due) {
                oursDue(ours, count, 1);
                oursDue(ours, count, 2);
            }
            List<Double> seconds = new ArrayList<>();
            ours.leaveAMonth();
            seconds.add(SECONDS * nanos(ours::writeGaps));
            add(
                    "%,d minutes of one config that was off, written down".formatted(MONTH),
                    Contestants.OURS,
                    Unit.SECONDS,
                    seconds,
                    ours.faultsOfAMonth(MONTH));
        }
    }

    private void oursDue(OurSchedules ours, int count, int nodes) throws Exception {
        List<Double> seconds = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            ours.makeDue(count);
            seconds.add(SECONDS * nanos(() -> ours.fire(nodes)));
            faults.addAll(ours.faults(count));
        }
        add(
                nodes == 1 ? fired(count) : fired(count) + ", shared by two nodes",
                Contestants.OURS,
                Unit.SECONDS,
                seconds,
                faults);
    }

    private List<Double> ticks(Callable<?> tick) throws Exception {
        List<Double> millis = new ArrayList<>();
        for (int count = 0; count < 2 * TICKS; count++) {
            double took = MILLIS * nanos(tick);
            if (count >= TICKS) {
                millis.add(took); // the first are for the compiler
            }
        }
        return millis;
    }

    private String idle() {
        return "idle tick on %,d configs".formatted(configs);
    }

    private static String fired(int count) {
        return "%,d due at once, all jobs and slots written".formatted(count);
    }

    private static long nanos(Callable<?> work) throws Exception {
        long began = System.nanoTime();
        work.call();
        return System.nanoTime() - began;
    }

    private void add(
            String label, String who, Unit unit, List<Double> values, List<String> faults) {
        Figure figure = Figure.of(label, who, unit, values).faults(faults);
        progress.printf("%s, %s: %.2f %s%n", label, who, figure.median(), unit.word());
        figures.add(figure);
    }
}
