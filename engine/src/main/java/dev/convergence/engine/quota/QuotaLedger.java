package dev.convergence.engine.quota;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.TriggerType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/// The usage of each tenant and UTC day, always changed inside the transaction of the run.
///
/// The day's row is locked from the look at the limits until the run is committed: many callers at
/// once get exactly what remains. A retry costs nothing; what was cancelled before it started is
/// given back.
public final class QuotaLedger {

    private QuotaLedger() {}

    /// How a chain of attempts ended.
    public enum Result {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    // Keeps the tenant from being deleted before the run is committed, and with it what the
    // deletion would
    // not see.
    private static final String KEEP_TENANT =
            "SELECT tenant_id FROM tenant WHERE tenant_id = :tenant FOR KEY SHARE";

    // The month's total is carried over from the tenant's last day of the same month, which is
    // locked: a
    // reservation on that day is either counted here, or sees the new row and counts in both.
    private static final String OPEN_DAY =
            """
            INSERT INTO quota_usage (tenant_id, usage_date, run_month, created_at, updated_at)
            SELECT :tenant, :day, COALESCE((SELECT run_month FROM (
                SELECT run_month FROM quota_usage
                WHERE tenant_id = :tenant AND usage_date < :day
                  AND usage_date >= date_trunc('month', :day::date)
                ORDER BY usage_date DESC LIMIT 1 FOR UPDATE) AS last_day), 0), :now, :now
            WHERE NOT EXISTS (SELECT 1 FROM quota_usage WHERE tenant_id = :tenant AND usage_date = :day)
            ON CONFLICT DO NOTHING
            """;

    private static final String LOCK =
            """
            SELECT usage_date, run_today, run_month, daily_limit, monthly_limit
            FROM quota_usage JOIN subscription USING (tenant_id)
            WHERE tenant_id = :tenant AND usage_date = :day
            FOR UPDATE OF quota_usage
            """;

    /// Locks the tenant's day and tells what is left of it; makes the day's row when it is the
    /// first need.
    public static QuotaState lock(Handle handle, TenantId tenant, Instant now) {
        LocalDate day = day(now);
        keepTenant(handle, tenant);
        handle.createUpdate(OPEN_DAY)
                .bind("tenant", tenant.value())
                .bind("day", day)
                .bind("now", now)
                .execute();
        return handle.createQuery(LOCK)
                .bind("tenant", tenant.value())
                .bind("day", day)
                .map((row, _) ->
                        new QuotaState(
                                row.getObject("usage_date", LocalDate.class),
                                row.getInt("run_today"),
                                row.getInt("run_month"),
                                row.getInt("daily_limit"),
                                row.getInt("monthly_limit")))
                .one();
    }

    private static void keepTenant(Handle handle, TenantId tenant) {
        boolean gone =
                handle.createQuery(KEEP_TENANT)
                        .bind("tenant", tenant.value())
                        .mapTo(String.class)
                        .findOne()
                        .isEmpty();
        if (gone) {
            throw EngineException.notFound("There is no tenant " + tenant + ".");
        }
    }

    private static final String RESERVE =
            """
            UPDATE quota_usage
            SET run_today = run_today + CASE WHEN usage_date = :day THEN :runs ELSE 0 END,
                run_month = run_month + :runs,
                warned_at = CASE WHEN :warn AND usage_date = :day THEN COALESCE(warned_at, :now) ELSE warned_at END,
                last_started_at = :now, updated_at = :now
            WHERE tenant_id = :tenant AND usage_date >= :day
              AND usage_date < date_trunc('month', :day::date) + interval '1 month'
            """;

    /// Consumes units that [#lock] has shown to be there.
    public static void reserve(
            Handle handle, TenantId tenant, QuotaState state, int runs, Instant now) {
        if (runs > state.remaining()) {
            throw new IllegalStateException("More runs reserved than remain.");
        }
        handle.createUpdate(RESERVE)
                .bind("tenant", tenant.value())
                .bind("day", state.day())
                .bind("runs", runs)
                .bind("warn", state.warnsAfter(runs))
                .bind("now", now)
                .execute();
    }

    private static final String EXCEEDED =
            """
            UPDATE quota_usage SET exceeded_at = COALESCE(exceeded_at, :now)
            WHERE tenant_id = :tenant AND usage_date = :day
            """;

    public static void exceeded(Handle handle, TenantId tenant, QuotaState state, Instant now) {
        handle.createUpdate(EXCEEDED)
                .bind("tenant", tenant.value())
                .bind("day", state.day())
                .bind("now", now)
                .execute();
    }

    private static final String SETTLED =
            """
            UPDATE quota_usage
            SET succeeded_today = succeeded_today + :succeeded,
                failed_today = failed_today + :failed,
                cancelled_today = cancelled_today + :cancelled,
                concurrent_max = GREATEST(concurrent_max, :ended
                    + (SELECT running FROM lane WHERE lane.tenant_id = :tenant)),
                last_completed_at = :now, updated_at = :now
            WHERE tenant_id = :tenant AND usage_date = :day
            """;

    /// Counts how a chain ended, on the day that it was accepted.
    ///
    /// @param ended how many jobs of the tenant end together with this one and are off the lane
    ///   already: with those still running they are how many ran at the same time
    public static void settled(Handle handle, Job job, Result result, int ended, Instant now) {
        handle.createUpdate(SETTLED)
                .bind("tenant", job.tenant().value())
                .bind("day", acceptedOn(job))
                .bind("succeeded", result == Result.SUCCEEDED ? 1 : 0)
                .bind("failed", result == Result.FAILED ? 1 : 0)
                .bind("cancelled", result == Result.CANCELLED ? 1 : 0)
                .bind("ended", ended)
                .bind("now", now)
                .execute();
    }

    private static final String GIVE_BACK =
            """
            UPDATE quota_usage
            SET run_today = run_today - CASE WHEN usage_date = :day THEN 1 ELSE 0 END,
                run_month = run_month - 1,
                updated_at = :now
            WHERE tenant_id = :tenant AND usage_date >= :day
              AND usage_date < date_trunc('month', :day::date) + interval '1 month'
              AND run_month > 0 AND (usage_date > :day OR run_today > 0)
            """;

    /// Returns the unit of a chain that was cancelled before its first attempt started.
    public static void giveBack(Handle handle, Job job, Instant now) {
        handle.createUpdate(GIVE_BACK)
                .bind("tenant", job.tenant().value())
                .bind("day", acceptedOn(job))
                .bind("now", now)
                .execute();
    }

    /// An automatic retry belongs to its original; what somebody asked for was accepted by itself.
    private static LocalDate acceptedOn(Job job) {
        JobId accepted = job.origin().trigger() == TriggerType.RETRY ? job.root() : job.id();
        return day(TimeOrderedId.madeAt(accepted.value()));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
