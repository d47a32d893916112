package dev.convergence.engine.schedule;

import dev.convergence.engine.pipeline.SchedulePolicy;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What the audit of the ledger reads: cadences, and what is written down of them.
final class LedgerStore {

    private LedgerStore() {}

    /// A config, and the time for which its present cadence has come due.
    ///
    /// @param before the first instant that is still to come
    record Counted(UUID config, Cadence cadence, Instant after, Instant before) {}

    /// From one instant to another, both included.
    record Span(Instant from, Instant to) {}

    private static final String COUNTED =
            """
            SELECT config_id, schedule_cron, timezone, schedule_policy, GREATEST(anchored_at, :since) AS after,
                   LEAST(COALESCE(nominal_at, next_fire), :now) AS before
            FROM schedule JOIN pipeline_config USING (config_id)
            WHERE anchored_at < COALESCE(nominal_at, next_fire) AND halt IS DISTINCT FROM 'ENDED'
              AND config_id > :after ORDER BY config_id LIMIT :limit
            """;

    static List<Counted> counted(Handle handle, Instant since, Instant now, UUID after, int limit) {
        return handle.createQuery(COUNTED)
                .bind("since", since)
                .bind("now", now)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> counted(row))
                .list();
    }

    private static final String WRITTEN =
            """
            SELECT due_at, COALESCE(until_at, due_at) FROM slot
            WHERE config_id = :config AND due_at < :before AND COALESCE(until_at, due_at) > :after
            UNION ALL SELECT from_at, until_at FROM slot_gap WHERE config_id = :config
            ORDER BY 1
            """;

    /// Single instants, and stretches: rows that stand for many, and what is still to be written.
    static List<Span> written(Handle handle, Counted counted) {
        return handle.createQuery(WRITTEN)
                .bind("config", counted.config())
                .bind("after", counted.after())
                .bind("before", counted.before())
                .map((row, _) -> new Span(instant(row, 1), instant(row, 2)))
                .list();
    }

    private static Counted counted(ResultSet row) throws SQLException {
        SchedulePolicy policy = SchedulePolicy.of(Json.object(row.getString("schedule_policy")));
        return new Counted(
                row.getObject(1, UUID.class),
                policy.cadence(
                        CronExpression.parse(row.getString("schedule_cron")),
                        ZoneId.of(row.getString("timezone"))),
                instant(row, 5),
                instant(row, 6));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
