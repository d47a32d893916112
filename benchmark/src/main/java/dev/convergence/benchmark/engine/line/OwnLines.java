package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.server.Server;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// The lines that only this engine is measured by, because the peers have no such thing: tenants,
/// limits, a history.
public final class OwnLines {

    private final Server server;
    private final Plan plan;
    private final Convergence engine;
    private final PrintStream progress;

    public OwnLines(Server server, Plan plan, Convergence engine, PrintStream progress) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
        this.progress = progress;
    }

    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        if (plan.lines().stream().anyMatch(Line::isOurs)) {
            warmUp();
        }
        if (wants(Line.TENANTS)) {
            figures.add(new TenantsLine(server, plan, engine).measure());
        }
        if (wants(Line.LOG)) {
            figures.add(new LogLine(server, plan, engine).measure());
        }
        if (wants(Line.BACKLOG)) {
            figures.addAll(new BacklogLine(server, plan, engine).measure());
        }
        if (wants(Line.FULL_TABLES)) {
            figures.add(new FullTablesLine(server, plan, engine).measure());
        }
        if (wants(Line.SNAPSHOT)) {
            figures.add(new SnapshotLine(server, plan, engine).measure());
        }
        if (wants(Line.IDLE)) {
            figures.addAll(new IdleLine(server, plan, engine).measure());
        }
        return figures;
    }

    private void warmUp() throws Exception {
        int jobs = plan.jobs();
        engine.prepare();
        engine.enqueue(jobs);
        engine.drain(jobs);
    }

    private boolean wants(Line line) {
        if (plan.has(line)) {
            progress.println("measuring " + engine.name() + ": " + line.word());
        }
        return plan.has(line);
    }
}
