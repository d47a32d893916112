package dev.convergence.benchmark.chaos.judge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/// What the run came to, in numbers.
final class Counts {

    private Counts() {}

    private static final Map<String, String> QUERIES = queries();

    private static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("jobs asked for", "SELECT count(*) FROM ledger.asked");
        queries.put("attempts begun", "SELECT count(*) FROM ledger.began");
        queries.put("completed", "SELECT count(*) FROM run WHERE state = 'COMPLETED'");
        queries.put("failed as planned", "SELECT count(*) FROM run WHERE error_code = 'PLANNED'");
        queries.put("lost with a node", "SELECT count(*) FROM run WHERE error_code = 'NODE_LOST'");
        queries.put(
                "lost before the handler began",
                """
                SELECT count(*) FROM run WHERE error_code = 'NODE_LOST'
                AND NOT EXISTS (SELECT 1 FROM ledger.began WHERE began.token = run.token)
                """);
        queries.put("claims without an answer", unanswered("count(*)"));
        queries.put(
                "the longest of these, seconds",
                unanswered(
                        "COALESCE(max(extract(epoch FROM run.finished_at - run.started_at)), 0)::bigint"));
        queries.put("given up after three lost nodes", "SELECT count(*) FROM dead_letter");
        queries.put(
                "late ends refused",
                """
                SELECT count(*) FROM ledger.began JOIN ledger.ended USING (entry_id)
                WHERE ended.outcome <> 'STOPPED' AND NOT EXISTS (
                    SELECT 1 FROM run WHERE run.job_id = began.job_id AND run.token = began.token
                    AND run.state = ended.outcome AND run.error_code IS DISTINCT FROM 'NODE_LOST')
                """);
        queries.put(
                "late ends accepted",
                """
                SELECT count(*) FROM ledger.began JOIN run USING (job_id, token)
                WHERE (run.state = 'COMPLETED' OR run.error_code = 'PLANNED') AND (
                    EXISTS (SELECT 1 FROM ledger.began AS later
                            WHERE later.job_id = began.job_id AND later.token > began.token)
                    OR (run.state = 'COMPLETED'
                        AND EXISTS (SELECT 1 FROM job WHERE job.retry_of = run.job_id)))
                """);
        queries.put(
                "told to stop, and stopped",
                "SELECT count(*) FROM ledger.ended WHERE outcome = 'STOPPED'");
        queries.put(
                "clocks that were off",
                "SELECT count(*) FROM ledger.life WHERE abs(extract(epoch FROM own_time - began_at)) > 200");
        return queries;
    }

    /// Claims of nodes that were not killed, which no handler ever began: the connection broke
    /// while the claim was committed, so the node did not know that it had it.
    private static String unanswered(String what) {
        return """
        SELECT %s FROM run WHERE error_code = 'NODE_LOST'
        AND NOT EXISTS (SELECT 1 FROM ledger.began WHERE began.token = run.token)
        AND NOT EXISTS (SELECT 1 FROM ledger.began JOIN ledger.death USING (life)
                        WHERE began.node_id = run.node_id)
        """
                .formatted(what);
    }

    static Map<String, Long> of(Jdbi jdbi) {
        Map<String, Long> counts = new LinkedHashMap<>();
        QUERIES.forEach((name, query) ->
                counts.put(
                        name, jdbi.withHandle(h -> h.createQuery(query).mapTo(Long.class).one())));
        return counts;
    }
}
