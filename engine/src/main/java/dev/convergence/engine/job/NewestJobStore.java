package dev.convergence.engine.job;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Looks through the newest of some jobs for those that somebody asks for: by their index, so that
/// it costs the same among any number of others.
public final class NewestJobStore {

    private NewestJobStore() {}

    /// So many are looked through.
    private static final int CANDIDATES = 500;

    private record Candidate(UUID job, boolean isWanted) {}

    private static final String AMONG =
            """
            SELECT j.job_id, %s AS wanted
            FROM (SELECT j.job_id FROM job j WHERE %s
                  ORDER BY j.job_id DESC LIMIT %d) AS j
            LEFT JOIN run r ON r.job_id = j.job_id
            LEFT JOIN lease l ON l.job_id = j.job_id
            ORDER BY j.job_id DESC
            """;

    /// What neither runs nor has ended, as a condition on what [#newest] looks at.
    public static final String WAITS = "r.job_id IS NULL AND l.job_id IS NULL";

    /// @param where a condition on a job's run `r` and its lease `l`, of which it may have neither
    /// @param among a condition on the jobs `j` that are looked through, which an index has
    /// @param binding binds what the conditions name
    public static NewestJobs newest(
            Handle handle, String where, String among, UnaryOperator<Query> binding, int limit) {
        String sql = AMONG.formatted(where, among, CANDIDATES);
        List<Candidate> candidates =
                binding.apply(handle.createQuery(sql))
                        .map((row, _) ->
                                new Candidate(
                                        row.getObject("job_id", UUID.class),
                                        row.getBoolean("wanted")))
                        .list();
        return new NewestJobs(
                candidates.stream()
                        .filter(Candidate::isWanted)
                        .map(Candidate::job)
                        .limit(limit)
                        .toList(),
                candidates.size() < CANDIDATES ? null : candidates.getLast().job());
    }

    static NewestJobs newest(Handle handle, String where, EndsWanted wanted) {
        String among =
                "j.tenant_id = :tenant"
                        + EndedJobStore.ofJob(wanted)
                        + EndedJobStore.within(wanted, "j", null);
        return newest(
                handle, where, among, query -> EndedJobStore.bind(query, wanted), wanted.limit());
    }
}
