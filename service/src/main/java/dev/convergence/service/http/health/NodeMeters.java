package dev.convergence.service.http.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.recovery.Partitions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/// What this node has and uses: slots of its worker, connections to the database; and how many days
/// of partitions are made ahead.
public final class NodeMeters implements Duty {

    private final Partitions partitions;
    private volatile double daysAhead = Double.NaN;

    /// @param busy how many slots of the worker work
    /// @param slots how many it has
    public NodeMeters(
            IntSupplier busy,
            IntSupplier slots,
            HikariDataSource source,
            Partitions partitions,
            MeterRegistry registry) {
        this.partitions = partitions;
        Gauge.builder("convergence_worker_slots", busy::getAsInt)
                .tag("state", "busy")
                .register(registry);
        Gauge.builder("convergence_worker_slots", () -> slots.getAsInt() - busy.getAsInt())
                .tag("state", "free")
                .register(registry);
        pool(source, "active", HikariPoolMXBean::getActiveConnections, registry);
        pool(source, "idle", HikariPoolMXBean::getIdleConnections, registry);
        pool(source, "waiting", HikariPoolMXBean::getThreadsAwaitingConnection, registry);
        pool(source, "size", HikariPoolMXBean::getTotalConnections, registry);
        Gauge.builder("convergence_partitions_ahead_days", this, meters -> meters.daysAhead)
                .register(registry);
    }

    private static void pool(
            HikariDataSource source,
            String what,
            ToIntFunction<HikariPoolMXBean> count,
            MeterRegistry registry) {
        Gauge.builder(
                        "convergence_db_pool_" + what,
                        source,
                        pool -> {
                            HikariPoolMXBean bean = pool.getHikariPoolMXBean();
                            return bean == null ? Double.NaN : count.applyAsInt(bean);
                        })
                .register(registry);
    }

    @Override
    public boolean runOnce(Instant now) {
        daysAhead = partitions.daysAhead(now);
        return false;
    }
}
