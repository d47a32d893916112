package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.server.Facts;
import dev.convergence.benchmark.engine.server.Server;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// How much is written ahead for one job, from its bulk enqueue to its row of history.
final class LogLine {

    private final Server server;
    private final Plan plan;
    private final Convergence engine;

    LogLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
    }

    Figure measure() throws Exception {
        int jobs = plan.jobs();
        List<Double> rounds = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < plan.rounds(); i++) {
            engine.prepare();
            server.settle();
            long before = position();
            engine.enqueue(jobs);
            Drain drain = engine.drain(jobs);
            rounds.add((position() - before) / (double) jobs);
            if (!drain.count().isExact()) {
                faults.add(drain.count().toString());
            }
            faults.addAll(engine.unbalanced());
        }
        return Figure.of(
                        "log written per job, enqueue to history",
                        engine.name(),
                        Unit.BYTES_PER_JOB,
                        rounds)
                .faults(faults)
                .notes(List.of("after a checkpoint, full_page_writes as set; " + jobs + " jobs"));
    }

    private static final String POSITION =
            "SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint";

    private long position() throws SQLException {
        try (Connection connection = server.connect()) {
            return Facts.number(connection, POSITION);
        }
    }
}
