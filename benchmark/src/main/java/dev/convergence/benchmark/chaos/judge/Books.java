package dev.convergence.benchmark.chaos.judge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// What must hold when the storm is over and all is done: each rule is a query for the rows that
/// break it.
final class Books {

    private static final int SHOWN_MAX = 5;
    private static final Map<String, String> RULES = rules();

    private Books() {}

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put(
                "every job that was asked for is there",
                """
                SELECT root_id::text FROM ledger.asked
                WHERE NOT EXISTS (SELECT 1 FROM job WHERE job.job_id = asked.root_id)
                """);
        rules.put(
                "every job that is there was asked for",
                """
                SELECT job_id::text FROM job
                WHERE NOT EXISTS (SELECT 1 FROM ledger.asked WHERE asked.root_id = COALESCE(job.root_id, job_id))
                """);
        rules.put(
                "nothing waits or runs any more",
                """
                SELECT 'ready ' || job_id FROM ready UNION ALL SELECT 'deferred ' || job_id FROM deferred
                UNION ALL SELECT 'parked ' || job_id FROM parked UNION ALL SELECT 'lease ' || job_id FROM lease
                """);
        rules.put(
                "every job has an end",
                "SELECT job_id::text FROM job WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.job_id = job.job_id)");
        rules.put(
                "a job that is to complete completes exactly once, in its last attempt",
                """
                SELECT root_id || ' ' || plan || ' completed ' || completed || ' times, last ' || last_state
                FROM (SELECT asked.root_id, plan, bool_or(dead_letter.job_id IS NOT NULL) AS given_up,
                             count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
                             (array_agg(state ORDER BY attempt DESC))[1] AS last_state
                      FROM ledger.asked
                      JOIN job ON COALESCE(job.root_id, job.job_id) = asked.root_id
                      JOIN run ON run.job_id = job.job_id
                      LEFT JOIN dead_letter ON dead_letter.job_id = job.job_id
                      WHERE plan <> 'FAIL' GROUP BY asked.root_id, plan) AS chain
                WHERE CASE WHEN given_up THEN completed > 0
                           ELSE completed <> 1 OR last_state <> 'COMPLETED' END
                """);
        rules.put(
                "a job that is to fail fails on every attempt it has, and on no more",
                """
                SELECT root_id || ' may be retried ' || retries_max || ' times, has attempts ' || attempts::text
                FROM (SELECT asked.root_id, retries_max, bool_or(dead_letter.job_id IS NOT NULL) AS given_up,
                             array_agg(attempt ORDER BY attempt) AS attempts,
                             count(DISTINCT attempt) AS different, max(attempt) AS last,
                             count(*) FILTER (WHERE state <> 'FAILED') AS others,
                             count(*) FILTER (WHERE error_code = 'PLANNED') AS planned,
                             count(*) FILTER (WHERE error_code = 'NODE_LOST') AS lost, count(*) AS runs
                      FROM ledger.asked
                      JOIN job ON COALESCE(job.root_id, job.job_id) = asked.root_id
                      JOIN run ON run.job_id = job.job_id
                      LEFT JOIN dead_letter ON dead_letter.job_id = job.job_id
                      WHERE plan = 'FAIL' GROUP BY asked.root_id, retries_max) AS chain
                WHERE NOT given_up
                  AND (others > 0 OR last <> retries_max OR different <> retries_max + 1
                       OR planned + lost <> runs OR (lost = 0 AND runs <> retries_max + 1))
                """);
        rules.put(
                "an attempt fails as planned, or because its node was lost",
                """
                SELECT job_id || ' ' || state || ' ' || COALESCE(error_code, '') || ' ' || COALESCE(error, '') FROM run
                WHERE state <> 'COMPLETED' AND error_code NOT IN ('PLANNED', 'NODE_LOST')
                """);
        rules.put(
                "only a job under which three nodes were lost is given up",
                """
                SELECT dead_letter.job_id::text FROM dead_letter JOIN job USING (job_id)
                WHERE 3 > (SELECT count(DISTINCT run.node_id)
                           FROM job AS attempt JOIN run ON run.job_id = attempt.job_id
                           WHERE COALESCE(attempt.root_id, attempt.job_id) = COALESCE(job.root_id, job.job_id)
                             AND run.error_code = 'NODE_LOST')
                """);
        rules.put(
                "an accepted result was handed in under its token, by who held it, and is what was handed in",
                """
                SELECT run.job_id || ' ' || run.state || ' by token ' || COALESCE(run.token, -1) FROM run
                WHERE (state = 'COMPLETED' OR error_code = 'PLANNED')
                  AND NOT EXISTS (
                      SELECT 1 FROM ledger.began JOIN ledger.ended USING (entry_id)
                      WHERE began.token = run.token AND began.job_id = run.job_id
                        AND began.node_id = run.node_id AND ended.outcome = run.state)
                """);
        rules.put(
                "a claim is carried out once",
                "SELECT token::text FROM ledger.began GROUP BY token HAVING count(*) > 1");
        rules.put(
                "no attempt begins under a token after another one of the same job was accepted",
                """
                SELECT began.job_id || ' token ' || began.token FROM ledger.began JOIN run USING (job_id)
                WHERE began.token > run.token
                """);
        rules.put(
                "a lost attempt is followed by another one, unless it was the last it had",
                """
                SELECT run.job_id::text FROM run JOIN job USING (job_id)
                WHERE run.state = 'FAILED' AND job.attempt < job.max_retries
                  AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE dead_letter.job_id = run.job_id)
                  AND (SELECT count(*) FROM job AS next WHERE next.retry_of = run.job_id) <> 1
                """);
        return rules;
    }

    static List<String> breaches(Jdbi jdbi) {
        List<String> breaches = new ArrayList<>();
        RULES.forEach((rule, query) -> breach(jdbi, rule, query, breaches));
        return breaches;
    }

    private static void breach(Jdbi jdbi, String rule, String query, List<String> breaches) {
        List<String> rows =
                jdbi.withHandle(handle -> handle.createQuery(query).mapTo(String.class).list());
        if (!rows.isEmpty()) {
            breaches.add(
                    "not so: %s: %d, such as %s"
                            .formatted(
                                    rule,
                                    rows.size(),
                                    rows.subList(0, Math.min(SHOWN_MAX, rows.size()))));
        }
    }
}
