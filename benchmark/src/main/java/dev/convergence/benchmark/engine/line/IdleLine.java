package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Member;
import dev.convergence.benchmark.engine.server.Server;
import dev.convergence.benchmark.engine.server.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// What three nodes cost that have nothing to do, with a million configs of 10,000 tenants.
final class IdleLine {

    private static final int NODES = 3;
    private static final int CONFIGS_PER_TENANT = 100;

    /// What a node runs once a second is compiled after some minutes; most nodes are older.
    private static final Duration SETTLE = Duration.ofMinutes(5);

    private final Server server;
    private final Plan plan;
    private final Convergence engine;

    IdleLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
    }

    List<Figure> measure() throws Exception {
        int configs = plan.rows();
        engine.prepare();
        engine.seedIdle(Math.max(1, configs / CONFIGS_PER_TENANT), configs);
        server.settle();
        List<Member> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                nodes.add(Member.start(server.url()));
            }
            LockSupport.parkNanos(SETTLE.toNanos());
            return figures(measure(nodes.stream().map(Member::pid).toList()), configs);
        } finally {
            for (Member node : nodes) {
                node.close();
            }
        }
    }

    private Usage.Spent measure(List<Long> nodes) throws Exception {
        try (Usage usage = Usage.begin(server, nodes)) {
            LockSupport.parkNanos(plan.idle().toNanos());
            return usage.end();
        }
    }

    private List<Figure> figures(Usage.Spent spent, int configs) {
        String what = "three nodes idle on %,d configs, ".formatted(configs);
        List<String> notes =
                List.of("over " + plan.idle().toSeconds() + " s, each node a process of its own");
        List<Figure> figures = new ArrayList<>();
        spent.statementsPerSecond()
                .ifPresent(rate ->
                        figures.add(
                                figure(
                                        what + "statements",
                                        Unit.STATEMENTS_PER_SECOND,
                                        rate,
                                        Stream.concat(notes.stream(), spent.statements().stream())
                                                .toList())));
        figures.add(
                figure(
                        what + "transactions",
                        Unit.TRANSACTIONS_PER_SECOND,
                        spent.transactionsPerSecond(),
                        notes));
        spent.postgresPercent()
                .ifPresent(share ->
                        figures.add(
                                figure(what + "PostgreSQL", Unit.PERCENT_OF_CORE, share, notes)));
        spent.nodesPercent()
                .ifPresent(share ->
                        figures.add(figure(what + "nodes", Unit.PERCENT_OF_CORE, share, notes)));
        return figures;
    }

    private Figure figure(String label, Unit unit, double value, List<String> notes) {
        return Figure.of(label, engine.name(), unit, List.of(value)).notes(notes);
    }
}
