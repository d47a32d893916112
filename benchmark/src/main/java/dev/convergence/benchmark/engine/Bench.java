package dev.convergence.benchmark.engine;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Contestants;
import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Sizing;
import dev.convergence.benchmark.engine.line.CommonLine;
import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.line.OwnLines;
import dev.convergence.benchmark.engine.line.Plan;
import dev.convergence.benchmark.engine.line.Trial;
import dev.convergence.benchmark.engine.line.Unit;
import dev.convergence.benchmark.engine.report.Machine;
import dev.convergence.benchmark.engine.report.Report;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// One run on one server: line after line, and of each a round of every contestant in turn, so that
/// all are measured in the same minutes of a machine that does not stay equally fast.
final class Bench {

    private final Server server;
    private final Plan plan;
    private final Sizing sizing;
    private final PrintStream progress;
    private final Map<String, Map<String, String>> contestants = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    Bench(Server server, Plan plan, Sizing sizing, PrintStream progress) {
        this.server = server;
        this.plan = plan;
        this.sizing = sizing;
        this.progress = progress;
    }

    /// @param leftOut by name, why somebody is not measured
    /// @param soFar told after each line, because a run is long and may be cut off
    Report run(
            List<String> names,
            Map<String, String> leftOut,
            Map<String, String> postgres,
            Consumer<Report> soFar) {
        Report report = new Report(Machine.facts(), postgres, contestants, leftOut, figures);
        List<String> going = new ArrayList<>(names);
        turn(going, (name, contestant) -> contestants.put(name, about(contestant)));
        for (CommonLine line : CommonLine.of(plan)) {
            progress.println("measuring " + line.word());
            measure(line, going);
            soFar.accept(report);
        }
        turn(going, (_, contestant) -> own(contestant));
        return report;
    }

    private static Map<String, String> about(Contestant contestant) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("version", contestant.version());
        about.putAll(contestant.settings());
        return about;
    }

    private void measure(CommonLine line, List<String> going) {
        Map<String, Trial> trials = new HashMap<>();
        Function<String, Trial> of =
                name -> trials.computeIfAbsent(name, _ -> line.trial().apply(server, plan));
        turn(going, (name, contestant) -> of.apply(name).warmUp(contestant));
        for (int i = 0; i < plan.rounds(); i++) {
            turn(going, (name, contestant) -> of.apply(name).round(contestant));
        }
        going.forEach(name -> figures.addAll(of.apply(name).figures(name)));
    }

    private void own(Contestant contestant) throws Exception {
        if (contestant instanceof Convergence ours) {
            figures.addAll(new OwnLines(server, plan, ours, progress).measure());
        }
    }

    private interface Turn {
        void take(String name, Contestant contestant) throws Exception;
    }

    /// Each in turn, alone: who is through leaves no connection, no table and no process behind.
    ///
    /// One who fails does not keep the others from being measured, but the run is not sound.
    private void turn(List<String> going, Turn turn) {
        for (String name : List.copyOf(going)) {
            try (Contestant contestant = Contestants.of(name, server.url(), sizing)) {
                turn.take(name, contestant);
                contestant.drop();
            } catch (Exception failure) {
                figures.add(failed(name, failure));
                going.remove(name);
            }
        }
    }

    private Figure failed(String name, Exception failure) {
        failure.printStackTrace(progress);
        return new Figure(
                "failed",
                name,
                Unit.JOBS_PER_SECOND,
                List.of(),
                List.of(String.valueOf(failure)),
                List.of());
    }
}
