package dev.convergence.engine.quota;

import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/// Sets today's counters of every tenant back to zero, because an operator asked for it.
///
/// Nothing depends on it: every day has a row of its own that begins at zero. Months and older days
/// stay as they are.
public final class QuotaReset {

    private static final int KEEP_DAYS = 90;

    private final Database database;

    public QuotaReset(Database database) {
        this.database = database;
    }

    /// @param updated rows of today that were set to zero or made
    /// @param archived rows of days so old that they were deleted
    public record Result(int updated, int archived) {}

    public Result reset(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return database.inTransaction(handle -> {
            make(handle, today, now);
            return new Result(zeroed(handle, today, now), deleted(handle, today));
        });
    }

    // Tenants, then their rows, each by tenant: in the order in which everybody takes them. Who
    // opens
    // a day holds the tenant, so that the month's total is carried over whole.
    private static final String MAKE =
            """
            WITH openers AS MATERIALIZED (
                SELECT tenant_id FROM tenant
                WHERE NOT EXISTS (SELECT 1 FROM quota_usage u WHERE u.tenant_id = tenant.tenant_id AND usage_date = :today)
                ORDER BY tenant_id FOR NO KEY UPDATE)
            INSERT INTO quota_usage (tenant_id, usage_date, run_month, created_at, updated_at)
            SELECT tenant_id, :today, COALESCE((
                SELECT run_month FROM quota_usage u
                WHERE u.tenant_id = openers.tenant_id AND usage_date < :today
                  AND usage_date >= date_trunc('month', :today::date)
                ORDER BY usage_date DESC LIMIT 1), 0), :now, :now
            FROM openers ORDER BY tenant_id ON CONFLICT DO NOTHING
            """;

    private static void make(Handle handle, LocalDate today, Instant now) {
        handle.createUpdate(MAKE).bind("today", today).bind("now", now).execute();
    }

    private static final String ZERO =
            """
            WITH locked AS MATERIALIZED (
                SELECT tenant_id FROM quota_usage WHERE usage_date = :today ORDER BY tenant_id FOR UPDATE)
            UPDATE quota_usage u
            SET run_today = 0, succeeded_today = 0, failed_today = 0, cancelled_today = 0, concurrent_max = 0,
                warned_at = NULL, exceeded_at = NULL, warning_told_at = NULL, exceeded_told_at = NULL,
                updated_at = :now
            FROM locked WHERE u.tenant_id = locked.tenant_id AND u.usage_date = :today
            """;

    private static int zeroed(Handle handle, LocalDate today, Instant now) {
        return handle.createUpdate(ZERO).bind("today", today).bind("now", now).execute();
    }

    private static final String DELETE = "DELETE FROM quota_usage WHERE usage_date < :oldest";

    private static int deleted(Handle handle, LocalDate today) {
        return handle.createUpdate(DELETE).bind("oldest", today.minusDays(KEEP_DAYS)).execute();
    }
}
