package dev.convergence.benchmark.engine.contestant;

import java.io.BufferedReader;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A contestant on Node.js: each verb is a process of its own script.
final class NodePeer implements Contestant {

    static final String GRAPHILE_WORKER = "graphile-worker";
    static final String PG_BOSS = "pg-boss";

    private static final Duration SCHEDULE_LEAD = Duration.ofSeconds(10);

    /// What is different about one of them.
    ///
    /// @param processes how many work at once in a drain
    /// @param share the part of the jobs that it is asked to drain
    /// @param fires whether it can have ten thousand schedules at all
    private record Kind(
            NodePackage code,
            String schema,
            int processes,
            int share,
            boolean fires,
            Map<String, String> settings) {}

    private static final Map<String, Kind> KINDS =
            Map.of(GRAPHILE_WORKER, graphileWorker(), PG_BOSS, pgBoss());

    private final Kind kind;
    private final String jdbcUrl;
    private final String url;

    NodePeer(String name, String url) {
        kind = Objects.requireNonNull(KINDS.get(name), name);
        jdbcUrl = url;
        this.url = url.replaceFirst("^jdbc:", "");
    }

    private static Kind graphileWorker() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("processes", "2");
        settings.put("jobs at once", "24 a process");
        settings.put("localQueue", "500");
        settings.put("completeJobBatchDelay", "0 ms");
        settings.put("bulk", "add_jobs, 10000 jobs a call, 2 connections");
        settings.put("schedules", "a crontab; its finest moment is a minute");
        settings.put("kept", "nothing: a job's row is deleted at its end");
        return new Kind(
                new NodePackage(GRAPHILE_WORKER, "0.18.0"),
                "graphile_worker",
                2,
                1,
                true,
                settings);
    }

    private static Kind pgBoss() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("processes", "1");
        settings.put("batchSize", "500");
        settings.put("localConcurrency", "4, burstWhenBatchFull");
        settings.put("notify", "on");
        settings.put("bulk", "insert, 10000 jobs a call, 2 connections");
        settings.put("kept", "a job's row, with its state");
        settings.put("schedules", "not measured: it sends what is due through a queue of its own");
        return new Kind(new NodePackage(PG_BOSS, "12.35.0"), "pgboss", 1, 1, false, settings);
    }

    static boolean knows(String name) {
        return KINDS.containsKey(name);
    }

    /// Why it cannot be measured on this machine; empty when it can.
    static Optional<String> hindrance(String name) throws InterruptedException {
        return Objects.requireNonNull(KINDS.get(name), name).code().install();
    }

    @Override
    public String name() {
        return kind.code().name();
    }

    @Override
    public String version() {
        return kind.code().version();
    }

    @Override
    public Map<String, String> settings() {
        return kind.settings();
    }

    @Override
    public int sized(int jobs) {
        return Math.max(1, jobs / kind.share());
    }

    @Override
    public void prepare() throws Exception {
        drop();
        ask("prepare");
    }

    @Override
    public Duration enqueue(int jobs) throws Exception {
        return ask("enqueue", jobs, InProcess.ENQUEUE_THREADS, InProcess.ENQUEUE_BATCH).took();
    }

    @Override
    public Duration enqueueSingly(int jobs, int threads) throws Exception {
        return ask("singly", jobs, threads).took();
    }

    @Override
    public Drain drain(int jobs) throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < kind.processes(); i++) {
            processes.add(kind.code().start("drain", url, jobs));
        }
        List<NodeAnswer> answers = new ArrayList<>();
        for (Process process : processes) {
            answers.add(NodeAnswer.read(process));
            process.waitFor();
        }
        NodeAnswer all = answers.stream().reduce(NodeAnswer::with).orElseThrow();
        return new Drain(all.took(), all.count(jobs));
    }

    @Override
    public Latencies pickup(Arrivals arrivals) throws Exception {
        Process worker = kind.code().start("pickup", url, arrivals.jobs());
        BufferedReader lines = worker.inputReader();
        NodeAnswer.read(lines);
        ask("feed", arrivals.jobs(), arrivals.warmUp(), arrivals.pause().toMillis());
        NodeAnswer answer = NodeAnswer.read(lines);
        worker.waitFor();
        return Latencies.of(answer.micros(), answer.count(arrivals.jobs()));
    }

    @Override
    public boolean schedule(int count) {
        return kind.fires();
    }

    @Override
    public Drain fire(int count) throws Exception {
        NodeAnswer answer = ask("fire", count, SCHEDULE_LEAD.toSeconds());
        return new Drain(answer.took(), answer.count(count));
    }

    private NodeAnswer ask(String verb, Object... numbers)
            throws IOException, InterruptedException {
        Process process = kind.code().start(verb, url, numbers);
        NodeAnswer answer = NodeAnswer.read(process);
        process.waitFor();
        return answer;
    }

    @Override
    public void drop() throws Exception {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + kind.schema() + " CASCADE");
        }
    }

    @Override
    public void close() {
        // Its connections ended with its processes.
    }
}
