package dev.convergence.benchmark.engine;

import dev.convergence.benchmark.engine.contestant.Contestant;
import dev.convergence.benchmark.engine.contestant.Contestants;
import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Sizing;
import dev.convergence.benchmark.engine.line.CommonLines;
import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.line.OwnLines;
import dev.convergence.benchmark.engine.line.Plan;
import dev.convergence.benchmark.engine.line.Unit;
import dev.convergence.benchmark.engine.report.Machine;
import dev.convergence.benchmark.engine.report.Report;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One run: every contestant after the other, on one server.
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
    /// @param soFar told after each contestant, because a run is long and may be cut off
    Report run(
            List<String> names,
            Map<String, String> leftOut,
            Map<String, String> postgres,
            Consumer<Report> soFar) {
        Report report = new Report(Machine.facts(), postgres, contestants, leftOut, figures);
        for (String name : names) {
            measure(name);
            soFar.accept(report);
        }
        return report;
    }

    /// One who fails does not keep the others from being measured, but the run is not sound.
    private void measure(String name) {
        progress.println("measuring " + name);
        try (Contestant contestant = Contestants.of(name, server.url(), sizing)) {
            Map<String, String> about = new LinkedHashMap<>();
            about.put("version", contestant.version());
            about.putAll(contestant.settings());
            contestants.put(name, about);
            figures.addAll(new CommonLines(server, plan, contestant).measure());
            if (contestant instanceof Convergence ours) {
                figures.addAll(new OwnLines(server, plan, ours, progress).measure());
            }
            contestant.drop();
        } catch (Exception failure) {
            figures.add(failed(name, failure));
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
