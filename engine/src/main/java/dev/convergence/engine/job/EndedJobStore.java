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

    private EndedJobStore() {}

    public static List<UUID> newest(Handle handle, EndsWanted wanted) {
        if (wanted.ends().hasIndex()) {
            return beneath(handle, wanted, null, wanted.limit());
        }
        return NewestJobStore.newest(handle, isEnded(wanted), wanted)
                .filled(
                        wanted.limit(),
                        (floor, missing) -> beneath(handle, wanted, floor, missing));
    }

    private static String isEnded(EndsWanted wanted) {
        return "COALESCE((%s), false)".formatted(String.join(" OR ", wanted.ends().conditions()))
                + (wanted.isLeased() ? " OR l.job_id IS NOT NULL" : "");
    }

    // From runs to jobs: the other way round, by an index of the jobs, every waiting one would be
    // looked up in vain. OFFSET 0 keeps the planner from turning it.
    private static final String OF_RUNS =
            """
            (SELECT r.job_id FROM (SELECT r.job_id FROM run r WHERE r.tenant_id = :tenant AND %s%s
                                   ORDER BY r.job_id DESC OFFSET 0) AS r
             JOIN job j ON j.job_id = r.job_id
             WHERE true%s
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
            places.add(OF_RUNS.formatted(condition, within(wanted, "r", floor), ofJob(wanted)));
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
                + (wanted.isOfPipelines() ? " AND j.pipeline_id IS NOT NULL" : "");
    }

    // A group is small and has an index. As a mere condition it is looked for among all jobs of the
    // tenant, newest first, because the planner cannot know how old it is.
    static final String OF_GROUP =
            " AND %sjob_id = ANY(ARRAY(SELECT job_id FROM job WHERE group_id = :group))";

    /// The same for counting: without the type where an index tells it, so that no row is looked
    /// at.
    static String counted(EndsWanted wanted) {
        EndsWanted any = wanted.isOfPipelines() ? wanted.direct() : wanted;
        String conditions = ofJob(any) + within(any, "j", null);
        return wanted.isOfPipelines()
                ? conditions.replace(" AND j.job_type = :type", "")
                : conditions;
    }

    /// Of the row by whose index they are found: from there the others are looked up.
    static String within(EndsWanted wanted, String row, @Nullable UUID floor) {
        String id = " AND " + row + ".job_id ";
        return (wanted.job() == null ? "" : id + "= :job")
                + (wanted.group() == null ? "" : OF_GROUP.formatted(row + "."))
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
