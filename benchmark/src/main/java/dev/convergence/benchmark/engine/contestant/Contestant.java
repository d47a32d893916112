package dev.convergence.benchmark.engine.contestant;

import java.time.Duration;
import java.util.Map;

/// A job engine on the server under measurement; its tables live in a schema of their own.
public sealed interface Contestant extends AutoCloseable permits InProcess, NodePeer {

    String name();

    String version();

    /// What was set otherwise than by default, for the report.
    Map<String, String> settings();

    /// Makes its tables, empty; what was there is dropped.
    void prepare() throws Exception;

    /// How many jobs to drain, so that slow ones end in their lifetime.
    int sized(int jobs);

    /// Puts jobs in by the fastest way that it documents, while nobody works.
    Duration enqueue(int jobs) throws Exception;

    /// Puts jobs in one by one, each in a transaction of its own, from several threads at once.
    Duration enqueueSingly(int jobs, int threads) throws Exception;

    /// Starts the workers on waiting jobs that do nothing, and stops them when the last is done.
    Drain drain(int jobs) throws Exception;

    /// Idle workers, and jobs that come from another process.
    Latencies pickup(Arrivals arrivals) throws Exception;

    /// Makes recurring schedules that all come due at one instant, while nobody works.
    ///
    /// @return false when it has no such thing
    boolean schedule(int count) throws Exception;

    /// From the instant at which they are due until each has fired once and its job is done.
    Drain fire(int count) throws Exception;

    /// Drops its tables.
    void drop() throws Exception;

    /// Closes its connections.
    @Override
    void close() throws Exception;
}
