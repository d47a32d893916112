package dev.convergence.engine;

import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the tables say at one moment: where each live job is, and how many have ended in which way.
record Books(
        List<Ticket> ready,
        List<Ticket> parked,
        Map<UUID, Instant> deferred,
        Map<UUID, Lease> leases,
        Map<UUID, String> permits,
        Map<String, Integer> running,
        Map<String, Integer> endings) {

    /// Strict by priority, then by place.
    static final Comparator<Ticket> ORDER =
            Comparator.comparingInt(Ticket::priority).reversed().thenComparing(Ticket::position);

    record Ticket(UUID job, String tenant, int priority, long position, @Nullable String pool) {}

    record Lease(long token, UUID node) {}

    static Books of(Database database) {
        return database.inTransaction(handle -> {
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return new Books(
                    tickets(handle, "ready"),
                    tickets(handle, "parked"),
                    pairs(
                            handle,
                            "SELECT job_id, due_at FROM deferred",
                            UUID.class,
                            OffsetDateTime.class,
                            OffsetDateTime::toInstant),
                    leases(handle),
                    pairs(
                            handle,
                            "SELECT job_id, pool FROM permit",
                            UUID.class,
                            String.class,
                            pool -> pool),
                    pairs(
                            handle,
                            "SELECT tenant_id, running FROM lane",
                            String.class,
                            Integer.class,
                            n -> n),
                    pairs(
                            handle,
                            "SELECT state, count(*)::int FROM run GROUP BY state",
                            String.class,
                            Integer.class,
                            n -> n));
        });
    }

    private static List<Ticket> tickets(Handle handle, String table) {
        return handle
                .createQuery("SELECT job_id, tenant_id, priority, position, pool FROM " + table)
                .map((row, _) ->
                        new Ticket(
                                row.getObject(1, UUID.class),
                                row.getString(2),
                                row.getInt(3),
                                row.getLong(4),
                                row.getString(5)))
                .list()
                .stream()
                .sorted(ORDER)
                .toList();
    }

    private static Map<UUID, Lease> leases(Handle handle) {
        Map<UUID, Lease> leases = new HashMap<>();
        handle.createQuery("SELECT job_id, token, node_id FROM lease")
                .map((row, _) ->
                        leases.put(
                                row.getObject(1, UUID.class),
                                new Lease(row.getLong(2), row.getObject(3, UUID.class))))
                .list();
        return leases;
    }

    private static <K, C, V> Map<K, V> pairs(
            Handle handle,
            String query,
            Class<K> key,
            Class<C> column,
            java.util.function.Function<C, V> value) {
        Map<K, V> pairs = new HashMap<>();
        handle.createQuery(query)
                .map((row, _) ->
                        pairs.put(row.getObject(1, key), value.apply(row.getObject(2, column))))
                .list();
        return pairs;
    }

    List<Ticket> readyOf(String tenant) {
        return ready.stream().filter(ticket -> ticket.tenant().equals(tenant)).toList();
    }

    Set<UUID> waiting() {
        Set<UUID> jobs = new HashSet<>(jobs(ready));
        jobs.addAll(jobs(parked));
        return jobs;
    }

    static Set<UUID> jobs(List<Ticket> tickets) {
        Set<UUID> jobs = new HashSet<>();
        tickets.forEach(ticket -> jobs.add(ticket.job()));
        return jobs;
    }

    long held(String pool) {
        return permits.values().stream().filter(pool::equals).count();
    }
}
