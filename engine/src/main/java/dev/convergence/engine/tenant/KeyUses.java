package dev.convergence.engine.tenant;

import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// When each key was last used, written in batches: a use must not cost a write.
final class KeyUses {

    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final int KEYS_MAX = 10_000;

    private final Database database;
    private final ApiKeyStore store = new ApiKeyStore();
    private final Map<UUID, Instant> lastUsed = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> flushedAt = new AtomicReference<>(Instant.EPOCH);

    KeyUses(Database database) {
        this.database = database;
    }

    /// The first use after the pause writes for all of them.
    void note(UUID key, Instant now) {
        lastUsed.merge(key, now, (present, later) -> later.isAfter(present) ? later : present);
        Instant before = flushedAt.get();
        boolean due = !now.isBefore(before.plus(PAUSE)) || lastUsed.size() >= KEYS_MAX;
        if (due && flushedAt.compareAndSet(before, now)) {
            flush();
        }
    }

    int flush() {
        List<UUID> keys = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        for (UUID key : List.copyOf(lastUsed.keySet())) {
            Instant time = lastUsed.remove(key);
            if (time != null) {
                keys.add(key);
                times.add(time);
            }
        }
        return keys.isEmpty()
                ? 0
                : database.inTransaction(handle -> store.markUsed(handle, keys, times));
    }
}
