package dev.convergence.engine;

import dev.convergence.engine.sql.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The invariants of the engine as queries: each finds the rows that break it, and there must be
/// none.
///
/// For tests, and for operators who want to know whether the books are in order.
public final class Audit {

    private static final Map<String, String> QUERIES = queries();

    private Audit() {}

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put(
                "a job is in exactly one place",
                """
                SELECT j.job_id::text FROM job j
                WHERE (SELECT count(*) FROM ready WHERE ready.job_id = j.job_id)
                    + (SELECT count(*) FROM deferred WHERE deferred.job_id = j.job_id)
                    + (SELECT count(*) FROM parked WHERE parked.job_id = j.job_id)
                    + (SELECT count(*) FROM lease WHERE lease.job_id = j.job_id)
                    + (SELECT count(*) FROM run WHERE run.job_id = j.job_id) <> 1
                """);
        queries.put(
                "a lane's number of running jobs is the number of its leases",
                """
                SELECT tenant_id FROM lane
                WHERE running <> (SELECT count(*) FROM lease WHERE lease.tenant_id = lane.tenant_id)
                """);
        queries.put(
                "a permit belongs to a live lease",
                """
                SELECT job_id::text FROM permit
                WHERE NOT EXISTS (SELECT 1 FROM lease
                                  WHERE lease.job_id = permit.job_id AND lease.token = permit.token)
                """);
        queries.put(
                "a pool has no more permits out than it has",
                """
                SELECT pool FROM pool WHERE capacity < (SELECT count(*) FROM permit WHERE permit.pool = pool.pool)
                """);
        queries.put(
                "a failed job has at most one automatic retry, and no more than it may have",
                """
                SELECT min(job_id::text) FROM job WHERE retry_of IS NOT NULL AND trigger_type = 'retry'
                GROUP BY retry_of HAVING count(*) > 1
                UNION ALL
                SELECT job_id::text FROM job WHERE attempt > max_retries AND trigger_type = 'retry'
                """);
        queries.put(
                "a fired slot has its job",
                """
                SELECT slot.config_id::text FROM slot
                WHERE outcome = 'FIRED' AND NOT EXISTS (SELECT 1 FROM job WHERE job.job_id = slot.job_id)
                  AND NOT EXISTS (SELECT 1 FROM retained  -- slots are kept longer than jobs
                                  WHERE subject = 'runs' AND slot.decided_at < since)
                """);
        queries.put(
                "what is in flight has not ended",
                """
                SELECT flight_key FROM in_flight
                WHERE EXISTS (SELECT 1 FROM run WHERE run.job_id = in_flight.job_id)
                """);
        return queries;
    }

    /// @return one line for each invariant that does not hold, with the first rows that break it
    public static List<String> violations(Database database) {
        List<String> violations = new ArrayList<>();
        QUERIES.forEach((invariant, query) -> {
            List<String> rows =
                    database.read(handle ->
                            handle.createQuery("SELECT * FROM (" + query + ") AS broken LIMIT 5")
                                    .mapTo(String.class)
                                    .list());
            if (!rows.isEmpty()) {
                violations.add("not so: " + invariant + ": " + rows);
            }
        });
        return violations;
    }
}
