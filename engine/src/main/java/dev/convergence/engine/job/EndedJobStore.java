package dev.convergence.engine.job;

import dev.convergence.engine.id.TimeOrderedId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds the newest jobs of a tenant that are not waiting any more, where both what waits and what
/// has ended may be a million.
///
/// Runs have no index of their tenants: it would cost each job. So the tenant's newest jobs are
/// looked through first, which fills nearly every page. When they all wait, there is a backlog, and
/// the runs themselves are read from below it, newest first, until the page is full.
public final class EndedJobStore {

    /// So many of the newest are looked through first.
    private static final int CANDIDATES = 500;

    private EndedJobStore() {}

    public static List<UUID> newest(Handle handle, EndsWanted wanted) {
        if (wanted.ends().hasIndex()) {
            return beneath(handle, wanted, null, wanted.limit());
        }
        List<Candidate> candidates = candidates(handle, wanted);
        List<UUID> found = new ArrayList<>();
        candidates.stream()
                .filter(Candidate::isWanted)
                .map(Candidate::job)
                .limit(wanted.limit())
                .forEach(found::add);
        if (found.size() < wanted.limit() && candidates.size() == CANDIDATES) {
            UUID floor = candidates.getLast().job();
            found.addAll(beneath(handle, wanted, floor, wanted.limit() - found.size()));
        }
        return found;
    }

    private record Candidate(UUID job, boolean isWanted) {}

    private static final String AMONG =
            """
            SELECT j.job_id, COALESCE((%s), false) OR (l.job_id IS NOT NULL AND :leased) AS wanted
            FROM (SELECT j.job_id FROM job j WHERE j.tenant_id = :tenant%s
                  ORDER BY j.job_id DESC LIMIT %d) AS j
            LEFT JOIN run r ON r.job_id = j.job_id
            LEFT JOIN lease l ON l.job_id = j.job_id
            ORDER BY j.job_id DESC
            """;

    private static List<Candidate> candidates(Handle handle, EndsWanted wanted) {
        String sql =
                AMONG.formatted(
                        String.join(" OR ", wanted.ends().conditions()),
                        ofJob(wanted) + within(wanted, "j", null),
                        CANDIDATES);
        return bind(handle.createQuery(sql), wanted)
                .bind("leased", wanted.isLeased())
                .map((row, _) ->
                        new Candidate(
                                row.getObject("job_id", UUID.class), row.getBoolean("wanted")))
                .list();
    }

    private static final String OF_RUNS =
            """
            (SELECT r.job_id FROM run r JOIN job j ON j.job_id = r.job_id
             WHERE r.tenant_id = :tenant AND %s%s%s
             ORDER BY r.job_id DESC LIMIT :missing)
            """;

    private static final String OF_LEASES =
            """
            (SELECT l.job_id FROM lease l JOIN job j ON j.job_id = l.job_id
             WHERE l.tenant_id = :tenant%s%s
             ORDER BY l.job_id DESC LIMIT :missing)
            """;

    private static final String BENEATH =
            "SELECT job_id FROM (%s) AS found ORDER BY job_id DESC LIMIT :missing";

    private static List<UUID> beneath(
            Handle handle, EndsWanted wanted, @Nullable UUID floor, int missing) {
        List<String> places = new ArrayList<>();
        for (String condition : wanted.ends().conditions()) {
            places.add(OF_RUNS.formatted(condition, ofJob(wanted), within(wanted, "r", floor)));
        }
        if (wanted.isLeased()) {
            places.add(OF_LEASES.formatted(ofJob(wanted), within(wanted, "l", floor)));
        }
        String sql = BENEATH.formatted(String.join(" UNION ALL ", places));
        Query query = bind(handle.createQuery(sql), wanted).bind("missing", missing);
        if (floor != null) {
            query.bind("floor", floor);
        }
        return query.mapTo(UUID.class).list();
    }

    /// Conditions are constants; what the caller gave is bound.
    static String ofJob(EndsWanted wanted) {
        return (wanted.isDirect() ? "" : " AND j.kind IS DISTINCT FROM 'DIRECT'")
                + (wanted.type() == null ? "" : " AND j.job_type = :type")
                + (wanted.isOfPeople() ? " AND j.kind IS NOT NULL" : "")
                + (wanted.group() == null ? "" : " AND j.group_id = :group");
    }

    /// Of the row by whose index they are found: from there the others are looked up.
    static String within(EndsWanted wanted, String row, @Nullable UUID floor) {
        String id = " AND " + row + ".job_id ";
        return (wanted.job() == null ? "" : id + "= :job")
                + (wanted.since() == null ? "" : id + ">= :since")
                + (wanted.until() == null ? "" : id + "< :until")
                + (wanted.before() == null ? "" : id + "< :before")
                + (floor == null ? "" : id + "< :floor");
    }

    static Query bind(Query query, EndsWanted wanted) {
        query.bind("tenant", wanted.tenant().value());
        bind(query, "type", wanted.type());
        bind(query, "group", wanted.group() == null ? null : wanted.group().value());
        bind(query, "job", wanted.job() == null ? null : wanted.job().value());
        bind(query, "since", wanted.since() == null ? null : TimeOrderedId.floor(wanted.since()));
        bind(query, "until", wanted.until() == null ? null : TimeOrderedId.floor(wanted.until()));
        bind(query, "before", wanted.before() == null ? null : wanted.before().value());
        return query;
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }
}
