package dev.convergence.engine.schedule;

import dev.convergence.engine.schedule.LedgerStore.Counted;
import dev.convergence.engine.schedule.LedgerStore.Span;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Asks whether every due instant has exactly one slot: what a cron means no query knows, so each
/// config's instants are counted here and held against the ledger.
///
/// More than one is impossible by the ledger's key. Looked at is the time since the present cadence
/// of a config began to count; what was due before was decided when it was changed. Nothing is
/// locked and nothing is changed.
public final class LedgerAudit {

    private static final int CONFIGS = 500;

    private LedgerAudit() {}

    /// @param since nothing before is looked at; no longer ago than slots are kept
    /// @return config and instant of each that has no slot
    public static List<String> missing(Database database, Instant since, Instant now) {
        List<String> missing = new ArrayList<>();
        UUID after = new UUID(0, 0);
        List<Counted> configs;
        do {
            UUID last = after;
            configs =
                    database.read(handle -> LedgerStore.counted(handle, since, now, last, CONFIGS));
            for (Counted config : configs) {
                missing.addAll(missing(database, config));
                after = config.config();
            }
        } while (configs.size() == CONFIGS);
        return missing;
    }

    private static List<String> missing(Database database, Counted config) {
        List<Span> written = database.read(handle -> LedgerStore.written(handle, config));
        List<String> missing = new ArrayList<>();
        int place = 0;
        Optional<Instant> next = config.cadence().next(config.after());
        while (next.isPresent() && next.get().isBefore(config.before())) {
            Instant due = next.get();
            while (place < written.size() && written.get(place).to().isBefore(due)) {
                place++;
            }
            if (place == written.size() || written.get(place).from().isAfter(due)) {
                missing.add(config.config() + " at " + due);
            }
            next = config.cadence().next(due);
        }
        return missing;
    }
}
