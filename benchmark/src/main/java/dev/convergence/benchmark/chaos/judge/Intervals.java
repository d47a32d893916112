package dev.convergence.benchmark.chaos.judge;

import dev.convergence.benchmark.chaos.judge.Sweep.Interval;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/// Who held a tenant's or a pool's place from when to when, as the ledger and the engine tell it.
final class Intervals {

    private Intervals() {}

    /// While it surely had the claim: after its first line, which follows the claim, and before its
    /// last, which precedes the settling, or before the rescue that ended it. Shorter than the
    /// claim by some milliseconds, so what overlaps here did overlap.
    private static final String CLAIMED =
            """
            SELECT %s AS owner, began_at AS since,
                   LEAST(COALESCE(ended_at, run.finished_at), run.finished_at) AS until
            FROM ledger.began LEFT JOIN ledger.ended USING (entry_id)
            JOIN run ON run.job_id = began.job_id AND run.token = began.token
            WHERE %s
            """;

    static List<Interval> claimedOfTenants(Jdbi jdbi) {
        return read(jdbi, CLAIMED.formatted("began.tenant_id", "true"));
    }

    static List<Interval> claimedOfPools(Jdbi jdbi) {
        return read(jdbi, CLAIMED.formatted("began.pool", "began.pool IS NOT NULL"));
    }

    /// What handlers really did, also after their claim was taken from them: a frozen process does
    /// not know that it is late.
    private static final String WORKED =
            """
            SELECT %s AS owner, began_at AS since, COALESCE(ended_at, run.finished_at) AS until
            FROM ledger.began LEFT JOIN ledger.ended USING (entry_id)
            JOIN run ON run.job_id = began.job_id AND run.token = began.token
            WHERE %s
            """;

    static List<Interval> workedOfTenants(Jdbi jdbi) {
        return read(jdbi, WORKED.formatted("began.tenant_id", "true"));
    }

    static List<Interval> workedOfPools(Jdbi jdbi) {
        return read(jdbi, WORKED.formatted("began.pool", "began.pool IS NOT NULL"));
    }

    /// As the engine recorded it, by the nodes' idea of the database's time.
    private static final String RECORDED =
            """
            SELECT tenant_id AS owner, started_at AS since, finished_at AS until
            FROM run WHERE started_at IS NOT NULL AND token IS NOT NULL
            """;

    static List<Interval> recordedOfTenants(Jdbi jdbi) {
        return read(jdbi, RECORDED);
    }

    private static List<Interval> read(Jdbi jdbi, String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery(query)
                        .map((row, _) ->
                                new Interval(
                                        row.getString("owner"),
                                        row.getObject("since", java.time.OffsetDateTime.class)
                                                .toInstant(),
                                        row.getObject("until", java.time.OffsetDateTime.class)
                                                .toInstant()))
                        .list());
    }
}
