package dev.convergence.service.http.health;

import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.recovery.OldestSnapshot;
import dev.convergence.engine.recovery.OldestSnapshot.Holder;
import dev.convergence.engine.sql.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks who keeps the database from removing dead rows, and since when.
///
/// The database does not tell a snapshot's age, only a lower bound; so this also remembers when it
/// saw the same one first.
public final class VacuumWatch implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(VacuumWatch.class);
    private static final Duration OLD = Duration.ofMinutes(5);

    private record Seen(Holder holder, Instant first, Duration held) {

        static Seen of(Holder holder, @Nullable Seen before, Instant now) {
            Instant first = before != null && before.holder.isSameAs(holder) ? before.first : now;
            Duration watched = Duration.between(first, now);
            Duration told = holder.heldAtLeast();
            return new Seen(holder, first, told.compareTo(watched) > 0 ? told : watched);
        }

        boolean isOld() {
            return held.compareTo(OLD) >= 0;
        }
    }

    private final Database database;
    private final MeterRegistry registry;
    private final Map<String, Long> dead = new ConcurrentHashMap<>();
    private volatile @Nullable Seen seen;

    public VacuumWatch(Database database, MeterRegistry registry) {
        this.database = database;
        this.registry = registry;
        Gauge.builder("database_oldest_snapshot_seconds", this, VacuumWatch::heldSeconds)
                .register(registry);
    }

    @Override
    public boolean runOnce(Instant now) {
        Seen before = seen;
        Seen current =
                OldestSnapshot.find(database)
                        .map(holder -> Seen.of(holder, before, now))
                        .orElse(null);
        seen = current;
        if (current != null && current.isOld() && !isTold(before, current)) {
            tell(current);
        }
        OldestSnapshot.deadRows(database).forEach(this::count);
        return false;
    }

    private static boolean isTold(@Nullable Seen before, Seen current) {
        return before != null && before.isOld() && before.holder.isSameAs(current.holder);
    }

    private static void tell(Seen current) {
        Holder holder = current.holder;
        LOG.warn(
                "Dead rows cannot be removed: {} {} (application {}, pid {}) has held a snapshot for"
                        + " {} s, {} transactions ago; its transaction began {}, its last query {}",
                holder.kind(),
                holder.name(),
                holder.application(),
                holder.pid(),
                current.held.toSeconds(),
                holder.transactions(),
                holder.since(),
                holder.queryStartedAt());
    }

    /// What people who look at this node's health should know; without names, because anybody may
    /// ask.
    Optional<String> warning() {
        Seen current = seen;
        return current == null || !current.isOld()
                ? Optional.empty()
                : Optional.of(
                        "Dead rows cannot be removed: a %s has held a snapshot for %d minutes."
                                .formatted(word(current.holder), current.held.toMinutes()));
    }

    private static String word(Holder holder) {
        return switch (holder.kind()) {
            case SESSION -> "session";
            case REPLICATION_SLOT -> "replication slot";
            case PREPARED_TRANSACTION -> "prepared transaction";
        };
    }

    private double heldSeconds() {
        Seen current = seen;
        return current == null ? 0 : current.held.toSeconds();
    }

    private void count(String table, long rows) {
        if (dead.put(table, rows) == null) {
            Gauge.builder("database_dead_rows", () -> dead.get(table))
                    .tags(Tags.of("table", table))
                    .register(registry);
        }
    }
}
