package dev.convergence.benchmark.engine.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/// What PostgreSQL and this JVM have had of the processors.
///
/// @param postgres zero where the system does not tell
public record ProcessorTime(Duration postgres, Duration jvm) {

    public static final ProcessorTime NONE = new ProcessorTime(Duration.ZERO, Duration.ZERO);

    static ProcessorTime until(Connection connection) throws SQLException {
        long postmaster = ProcessTimes.parent(Facts.number(connection, "SELECT pg_backend_pid()"));
        double seconds = ProcessTimes.ticksOfAll(postmaster) / ProcessTimes.TICKS_PER_SECOND;
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new ProcessorTime(
                Duration.ofMillis(Math.round(seconds * 1e3)),
                Duration.ofNanos(system.getProcessCpuTime()));
    }

    public ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(postgres.plus(other.postgres), jvm.plus(other.jvm));
    }

    public ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(postgres.minus(earlier.postgres), jvm.minus(earlier.jvm));
    }

    /// For a reader who asks what bounds a rate.
    public String forEachOf(long jobs) {
        return String.format(
                Locale.ROOT,
                "processor time for each job: PostgreSQL %.1f µs, the benchmark's JVM %.1f µs",
                postgres.toNanos() / 1e3 / jobs,
                jvm.toNanos() / 1e3 / jobs);
    }
}
