package dev.convergence.engine;

import dev.convergence.engine.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the tables say at one moment: where each live job is, how many have ended in which way, who
/// holds what.
record Books(
        List<Ticket> ready,
        List<Ticket> parked,
        Map<UUID, Deferred> deferred,
        Map<UUID, Lease> leases,
        Map<UUID, String> permits,
        Map<String, Integer> running,
        Map<String, Integer> endings,
        Map<String, Reserved> reservations,
        Map<UUID, String> groups) {

    /// Strict by priority, then by place.
    static final Comparator<Ticket> ORDER =
            Comparator.comparingInt(Ticket::priority).reversed().thenComparing(Ticket::position);

    /// @param waitsFor the key under which it is parked; null for one that is ready
    record Ticket(
            UUID job,
            String tenant,
            int priority,
            long position,
            @Nullable String pool,
            @Nullable String waitsFor) {

        boolean waitsForPool() {
            return waitsFor != null && waitsFor.startsWith("pool:");
        }
    }

    record Deferred(Instant dueAt, int priority) {}

    record Lease(long token, UUID node) {}

    /// @param pool whose next permit is kept for it
    record Reserved(UUID id, @Nullable String pool) {}

    private static final String ALL =
            """
            SELECT 'ready' AS kind, job_id AS id, tenant_id AS name, priority::int AS number, position AS place, pool,
                   NULL AS what, NULL::timestamptz AS at FROM ready
            UNION ALL SELECT 'parked', job_id, tenant_id, priority::int, position, pool, wait_key, NULL FROM parked
            UNION ALL SELECT 'deferred', job_id, tenant_id, priority::int, NULL, pool, NULL, due_at FROM deferred
            UNION ALL SELECT 'lease', job_id, node_id::text, NULL, token, NULL, NULL, NULL FROM lease
            UNION ALL SELECT 'permit', job_id, NULL, NULL, NULL, pool, NULL, NULL FROM permit
            UNION ALL SELECT 'lane', NULL, tenant_id, running, NULL, NULL, NULL, NULL FROM lane
            UNION ALL SELECT 'end', NULL, state, count(*)::int, NULL, NULL, NULL, NULL FROM run GROUP BY state
            UNION ALL SELECT 'reservation', reservation_id, tenant_id, NULL, NULL, waits_for, NULL, NULL
                      FROM reservation WHERE status = 'ACTIVE'
            UNION ALL SELECT 'group', group_id, NULL, NULL, NULL, NULL, status, NULL FROM job_group
            """;

    /// One statement: one moment.
    static Books of(Database database) {
        Books books =
                new Books(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>(),
                        new HashMap<>());
        database.read(handle ->
                handle.createQuery(ALL)
                        .scanResultSet((rows, _) -> {
                            ResultSet row = rows.get();
                            while (row.next()) {
                                books.add(row);
                            }
                            return true;
                        }));
        books.ready.sort(ORDER);
        books.parked.sort(ORDER);
        return books;
    }

    private void add(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        String name = row.getString("name");
        int number = row.getInt("number");
        String pool = row.getString("pool");
        switch (row.getString("kind")) {
            case "ready" -> ready.add(ticket(row, id));
            case "parked" -> parked.add(ticket(row, id));
            case "deferred" -> deferred.put(id, new Deferred(at(row), number));
            case "lease" -> leases.put(id, new Lease(row.getLong("place"), UUID.fromString(name)));
            case "permit" -> permits.put(id, pool);
            case "lane" -> running.put(name, number);
            case "end" -> endings.put(name, number);
            case "reservation" -> reservations.put(name, new Reserved(id, pool));
            default -> groups.put(id, Objects.requireNonNullElse(row.getString("what"), ""));
        }
    }

    private static Ticket ticket(ResultSet row, UUID job) throws SQLException {
        return new Ticket(
                job,
                row.getString("name"),
                row.getInt("number"),
                row.getLong("place"),
                row.getString("pool"),
                row.getString("what"));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return row.getObject("at", OffsetDateTime.class).toInstant();
    }

    List<Ticket> readyOf(String tenant) {
        return ready.stream().filter(ticket -> ticket.tenant().equals(tenant)).toList();
    }

    /// All tickets of a tenant that have a place, in their order.
    List<Ticket> inOrder(String tenant) {
        return Stream.concat(ready.stream(), parked.stream())
                .filter(ticket -> ticket.tenant().equals(tenant))
                .sorted(ORDER)
                .toList();
    }

    Set<UUID> waiting() {
        Set<UUID> jobs = new HashSet<>(jobs(ready));
        jobs.addAll(jobs(parked));
        return jobs;
    }

    /// Members of groups that wait for those before them.
    Set<UUID> held() {
        return jobs(parked.stream().filter(ticket -> !ticket.waitsForPool()).toList());
    }

    static Set<UUID> jobs(List<Ticket> tickets) {
        Set<UUID> jobs = new HashSet<>();
        tickets.forEach(ticket -> jobs.add(ticket.job()));
        return jobs;
    }

    /// How many permits of a pool are held, or kept for reservations.
    long taken(String pool) {
        return permits.values().stream().filter(pool::equals).count()
                + reservations.values().stream().filter(r -> pool.equals(r.pool())).count();
    }

    /// The same to a reservation: those made after it do not come before it.
    long takenBefore(String pool, UUID reservation) {
        return permits.values().stream().filter(pool::equals).count()
                + reservations.values().stream()
                        .filter(r -> pool.equals(r.pool()))
                        .filter(r -> r.id().toString().compareTo(reservation.toString()) < 0)
                        .count();
    }
}
