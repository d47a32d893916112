package dev.convergence.engine.recovery;

import dev.convergence.engine.recovery.RetentionStore.Batch;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets history go that is older than it is kept.
///
/// Jobs and runs of a day go together, and only when nothing of that day is alive: a ticket without
/// its job could not be claimed, and a retry without its predecessor could not be explained. What
/// has ended stays ended, so nothing comes alive between the look and the drop.
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Duration TELL_EVERY = Duration.ofDays(1);
    private static final String TELL = "retention.tell";
    private static final List<String> LOGS = List.of("step_log", "quality_result", "run_log");
    private static final List<String> DELIVERIES =
            List.of("webhook_delivery", "notification_delivery");
    private static final UUID FIRST = new UUID(0, 0);

    /// Bounds a round: five million rows of a table; the rest is for the next.
    private static final int BATCHES_MAX = 1_000;

    private final Database database;
    private final RetentionPeriods periods;
    private final Duration patience;

    public Retention(Database database, RetentionPeriods periods) {
        this(database, periods, PATIENCE);
    }

    /// @param patience how long to wait for a lock that others hold
    public Retention(Database database, RetentionPeriods periods, Duration patience) {
        this.database = database;
        this.periods = periods;
        this.patience = patience;
    }

    /// @return whether everything is gone that may go
    public boolean age(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean logs = ageLogs(today.minusDays(periods.logs()));
        boolean slots = ageSlots(today.minusDays(periods.slots()));
        slots &= ageBackfills(today.minusDays(periods.slots()));
        slots &= ageAudit(today.minusDays(periods.audit()));
        return ageRuns(today.minusDays(periods.runs()), now) && logs && slots;
    }

    private boolean ageLogs(LocalDate end) {
        keptSince("logs", end);
        boolean whole = true;
        for (String table : LOGS) {
            whole &= deleteLogs(table, end);
        }
        for (String table : DELIVERIES) {
            whole &=
                    deleteFollowing(from ->
                            database.inTransaction(
                                    h -> RetentionStore.deleteDeliveries(h, table, from, end)));
        }
        return whole;
    }

    private boolean deleteLogs(String table, LocalDate end) {
        return deleteFollowing(from ->
                database.inTransaction(h -> RetentionStore.deleteLogs(h, table, from, end)));
    }

    /// Each batch goes on where the one before ended.
    private static boolean deleteFollowing(Function<UUID, Batch> delete) {
        UUID after = FIRST;
        for (int i = 0; i < BATCHES_MAX; i++) {
            Batch batch = delete.apply(after);
            if (!batch.isFull() || batch.last() == null) {
                return true;
            }
            after = batch.last();
        }
        return false;
    }

    private boolean ageSlots(LocalDate end) {
        keptSince("slots", end);
        boolean whole =
                database.read(handle -> PartitionStore.days(handle, Growing.SLOT)).stream()
                        .filter(day -> day.isBefore(end))
                        .allMatch(day -> drop(day, List.of(Growing.SLOT)));
        return deleteRest(Growing.SLOT, LocalDate.EPOCH, end) && whole;
    }

    private boolean ageAudit(LocalDate end) {
        keptSince("audit", end);
        boolean whole =
                database.read(handle -> PartitionStore.days(handle, Growing.AUDIT)).stream()
                        .filter(day -> day.isBefore(end))
                        .allMatch(day -> drop(day, List.of(Growing.AUDIT)));
        return deleteRest(Growing.AUDIT, LocalDate.EPOCH, end) && whole;
    }

    /// What a backfill did is told by the ledger, and goes when that does.
    private boolean ageBackfills(LocalDate end) {
        boolean more = true;
        for (int i = 0; i < BATCHES_MAX && more; i++) {
            more = database.inTransaction(handle -> RetentionStore.deleteBackfills(handle, end));
        }
        return !more;
    }

    private boolean ageRuns(LocalDate end, Instant now) {
        Set<LocalDate> expired = expired(end);
        if (expired.isEmpty()) {
            return true;
        }
        keptSince("runs", end);
        Set<LocalDate> living = database.read(h -> RetentionStore.living(h, expired, end));
        tell(living, now);
        return expired.stream().filter(day -> !living.contains(day)).allMatch(this::ageRuns);
    }

    /// In this order there is at no time a job without its run.
    private boolean ageRuns(LocalDate day) {
        return deleteRest(Growing.JOB, day, day.plusDays(1))
                && drop(day, List.of(Growing.JOB, Growing.RUN, Growing.ARTIFACT))
                && deleteRest(Growing.RUN, day, day.plusDays(1))
                && deleteRest(Growing.ARTIFACT, day, day.plusDays(1))
                && deleteWhatIsBeside(day);
    }

    private boolean deleteWhatIsBeside(LocalDate day) {
        database.transact(handle -> {
            RetentionStore.deleteLetters(handle, day);
            RetentionStore.deleteGroupsAndReservations(handle, day);
        });
        return true;
    }

    /// The days before another of which there are jobs or runs, wherever they lie.
    private Set<LocalDate> expired(LocalDate end) {
        Set<LocalDate> days = new TreeSet<>();
        for (Growing growing : List.of(Growing.JOB, Growing.RUN)) {
            days.addAll(database.read(handle -> PartitionStore.days(handle, growing)));
            days.addAll(database.read(handle -> daysOfRest(handle, growing, end)));
        }
        days.removeIf(day -> !day.isBefore(end));
        return days;
    }

    private static List<LocalDate> daysOfRest(Handle handle, Growing growing, LocalDate end) {
        List<LocalDate> days = new ArrayList<>();
        LocalDate next = LocalDate.EPOCH;
        while (next.isBefore(end)) {
            next = RetentionStore.firstOfRest(handle, growing, next).orElse(end);
            days.add(next);
            next = next.plusDays(1);
        }
        return days;
    }

    private boolean drop(LocalDate day, List<Growing> tables) {
        try {
            List<String> gone = database.inTransaction(handle -> drop(handle, day, tables));
            if (!gone.isEmpty()) {
                LOG.info("Dropped {}, which are older than they are kept", gone);
            }
            return true;
        } catch (JdbiException busy) {
            LOG.warn(
                    "The partitions of {} could not be dropped now and will be tried again: {}",
                    day,
                    busy.getMessage());
            return false;
        }
    }

    private List<String> drop(Handle handle, LocalDate day, List<Growing> tables) {
        PartitionStore.waitAtMost(handle, patience);
        PartitionStore.lock(handle);
        List<String> there =
                tables.stream()
                        .filter(table -> PartitionStore.days(handle, table).contains(day))
                        .map(table -> table.partition(day))
                        .toList();
        PartitionStore.drop(handle, there);
        return there;
    }

    private boolean deleteRest(Growing growing, LocalDate first, LocalDate end) {
        Supplier<Batch> next =
                () ->
                        database.inTransaction(
                                handle -> RetentionStore.deleteRest(handle, growing, first, end));
        for (int i = 0; i < BATCHES_MAX; i++) {
            if (!next.get().isFull()) {
                return true;
            }
        }
        return false;
    }

    private void keptSince(String subject, LocalDate day) {
        database.transact(
                handle -> RetentionStore.keptSince(handle, subject, Growing.midnight(day)));
    }

    private void tell(Set<LocalDate> living, Instant now) {
        if (!living.isEmpty()
                && database.inTransaction(h -> DutyStore.take(h, TELL, TELL_EVERY, now))) {
            LOG.info("Kept longer, because something of these days is still alive: {}", living);
        }
    }
}
