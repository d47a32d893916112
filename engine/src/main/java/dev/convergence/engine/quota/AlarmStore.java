package dev.convergence.engine.quota;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The alarms of the table `quota_usage`: which are due to be told.
final class AlarmStore {

    static final int BATCH = 500;

    private AlarmStore() {}

    /// An alarm of one tenant and day that nobody was told of.
    record Due(TenantId tenant, QuotaState state, boolean isWarning, boolean isExceeded) {}

    // The condition is the one of the index, which holds rows with an alarm to tell and no others.
    private static final String TAKE =
            """
            WITH due AS MATERIALIZED (
                SELECT tenant_id, usage_date, run_today, run_month,
                       warned_at IS NOT NULL AND warning_told_at IS NULL AS is_warning,
                       exceeded_at IS NOT NULL AND exceeded_told_at IS NULL AS is_exceeded
                FROM quota_usage
                WHERE (warned_at IS NOT NULL AND warning_told_at IS NULL)
                   OR (exceeded_at IS NOT NULL AND exceeded_told_at IS NULL)
                ORDER BY tenant_id, usage_date LIMIT 500 FOR UPDATE SKIP LOCKED),
            told AS (
                UPDATE quota_usage u
                SET warning_told_at = CASE WHEN is_warning THEN :now ELSE warning_told_at END,
                    exceeded_told_at = CASE WHEN is_exceeded THEN :now ELSE exceeded_told_at END
                FROM due WHERE u.tenant_id = due.tenant_id AND u.usage_date = due.usage_date)
            SELECT due.*, COALESCE(o.daily_limit, s.daily_limit) AS daily_limit,
                   COALESCE(o.monthly_limit, s.monthly_limit) AS monthly_limit
            FROM due JOIN subscription s ON s.tenant_id = due.tenant_id
            LEFT JOIN limit_override o ON o.tenant_id = due.tenant_id AND o.ended_at IS NULL AND o.expires_at > :now
            """;

    /// Takes alarms to tell, each once.
    static List<Due> take(Handle handle, Instant now) {
        return handle.createQuery(TAKE)
                .bind("now", now)
                .map((row, _) ->
                        new Due(
                                new TenantId(row.getString("tenant_id")),
                                new QuotaState(
                                        row.getObject("usage_date", LocalDate.class),
                                        row.getInt("run_today"),
                                        row.getInt("run_month"),
                                        row.getInt("daily_limit"),
                                        row.getInt("monthly_limit")),
                                row.getBoolean("is_warning"),
                                row.getBoolean("is_exceeded")))
                .list();
    }
}
