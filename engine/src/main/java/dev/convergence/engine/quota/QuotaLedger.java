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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The usage of each tenant and UTC day, always changed inside the transaction of the run.
///
/// The day's row is locked from the look at the limits until the run is committed: many callers at
/// once get exactly what remains. A retry costs nothing; what was cancelled before it started is
/// given back.
///
/// Every method that touches rows of several tenants locks them by tenant and day, in one
/// statement. A batch of the scheduler and a batch of the settler wait for each other, never both.
public final class QuotaLedger {

    private QuotaLedger() {}

    /// How a chain of attempts ended.
    public enum Result {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /// A chain of attempts that is over, by its last job.
    public record EndedChain(Job job, Result result) {}

    /// What a tenant's row of the day is to take, under the lock that showed its state.
    ///
    /// @param isExceeded whether more was wanted than remained
    public record Reservation(TenantId tenant, QuotaState state, int runs, boolean isExceeded) {
        private boolean warns() {
            return runs > 0 && state.warnsAfter(runs);
        }
    }

    /// Locks the tenant's day and tells what is left of it; makes the day's row when it is the
    /// first need.
    public static QuotaState lock(Handle handle, TenantId tenant, Instant now) {
        return Objects.requireNonNull(lock(handle, Set.of(tenant), now).get(tenant));
    }

    /// Locks the days of many tenants, as many calls would, in a constant number of statements: the
    /// tenants against deletion first, then the rows, each by tenant.
    public static Map<TenantId, QuotaState> lock(
            Handle handle, Collection<TenantId> tenants, Instant now) {
        return UsageStore.lock(handle, tenants, day(now), now);
    }

    /// What is left of the tenant's day as it seems now; whoever reserves must [#lock].
    public static QuotaState look(Handle handle, TenantId tenant, Instant now) {
        return UsageStore.look(handle, tenant, day(now), now)
                .orElseThrow(() -> EngineException.notFound("There is no tenant " + tenant + "."));
    }

    private static final String EXCEEDED =
            """
            UPDATE quota_usage SET exceeded_at = :now
            WHERE tenant_id = :tenant AND usage_date = :day AND exceeded_at IS NULL
            """;

    /// Remembers that a run was refused which somebody asked for; the first of the day counts.
    ///
    /// In a transaction of its own, because the refused one is rolled back.
    public static void refused(Handle handle, TenantId tenant, Instant now) {
        lock(handle, tenant, now);
        handle.createUpdate(EXCEEDED)
                .bind("tenant", tenant.value())
                .bind("day", day(now))
                .bind("now", now)
                .execute();
    }

    private static final String RESERVE =
            """
            UPDATE quota_usage u
            SET run_today = run_today + CASE WHEN usage_date = day THEN runs ELSE 0 END,
                run_month = run_month + runs,
                warned_at = CASE WHEN warns AND usage_date = day THEN COALESCE(warned_at, :now) ELSE warned_at END,
                exceeded_at = CASE WHEN exceeded AND usage_date = day THEN COALESCE(exceeded_at, :now)
                                   ELSE exceeded_at END,
                last_started_at = CASE WHEN runs > 0 THEN :now ELSE last_started_at END,
                updated_at = CASE WHEN runs > 0 THEN :now ELSE updated_at END
            FROM unnest(:tenants::text[], :days::date[], :runs::integer[], :warns::boolean[], :exceeded::boolean[])
                AS r (tenant_id, day, runs, warns, exceeded)
            WHERE u.tenant_id = r.tenant_id AND usage_date >= day
              AND usage_date < date_trunc('month', day) + interval '1 month'
            """;

    /// Consumes units that [#lock] has shown to be there.
    public static void reserve(
            Handle handle, TenantId tenant, QuotaState state, int runs, Instant now) {
        reserve(handle, List.of(new Reservation(tenant, state, runs, false)), now);
    }

    /// Consumes units of many tenants; takes no lock that [#lock] has not taken.
    public static void reserve(Handle handle, Collection<Reservation> wanted, Instant now) {
        if (wanted.isEmpty()) {
            return;
        }
        if (wanted.stream().anyMatch(one -> one.runs() > one.state().remaining())) {
            throw new IllegalStateException("More runs reserved than remain.");
        }
        handle.createUpdate(RESERVE)
                .bind("tenants", texts(wanted, one -> one.tenant().value()))
                .bind("days", texts(wanted, one -> one.state().day().toString()))
                .bind("runs", numbers(wanted, Reservation::runs))
                .bind("warns", wanted.stream().map(Reservation::warns).toArray(Boolean[]::new))
                .bind(
                        "exceeded",
                        wanted.stream().map(Reservation::isExceeded).toArray(Boolean[]::new))
                .bind("now", now)
                .execute();
    }

    // The jobs that end are still on their lane: what it counts is how many ran at the same time.
    private static final String SETTLED =
            """
            WITH locked AS MATERIALIZED (
                SELECT u.tenant_id, u.usage_date, e.succeeded, e.failed, e.cancelled
                FROM unnest(:tenants::text[], :days::date[], :succeeded::integer[], :failed::integer[],
                            :cancelled::integer[])
                    AS e (tenant_id, usage_date, succeeded, failed, cancelled)
                JOIN quota_usage u ON u.tenant_id = e.tenant_id AND u.usage_date = e.usage_date
                ORDER BY u.tenant_id, u.usage_date FOR UPDATE OF u)
            UPDATE quota_usage u
            SET succeeded_today = succeeded_today + l.succeeded,
                failed_today = failed_today + l.failed,
                cancelled_today = cancelled_today + l.cancelled,
                concurrent_max = GREATEST(concurrent_max,
                    (SELECT running FROM lane WHERE lane.tenant_id = u.tenant_id)),
                last_completed_at = :now, updated_at = :now
            FROM locked l WHERE u.tenant_id = l.tenant_id AND u.usage_date = l.usage_date
            """;

    /// Counts how chains ended, each on the day that it was accepted; locks those days' rows by
    /// tenant and day, and nothing else. Lanes are read, and lowered by the caller afterwards.
    public static void settled(Handle handle, Collection<EndedChain> chains, Instant now) {
        Collection<DayResults> days = DayResults.of(chains);
        if (days.isEmpty()) {
            return;
        }
        handle.createUpdate(SETTLED)
                .bind("tenants", texts(days, one -> one.tenant().value()))
                .bind("days", texts(days, one -> one.day().toString()))
                .bind("succeeded", numbers(days, one -> one.count(Result.SUCCEEDED)))
                .bind("failed", numbers(days, one -> one.count(Result.FAILED)))
                .bind("cancelled", numbers(days, one -> one.count(Result.CANCELLED)))
                .bind("now", now)
                .execute();
    }

    private static final String GIVE_BACK =
            """
            WITH locked AS MATERIALIZED (
                SELECT tenant_id, usage_date FROM quota_usage
                WHERE tenant_id = :tenant AND usage_date >= :day
                  AND usage_date < date_trunc('month', :day::date) + interval '1 month'
                ORDER BY usage_date FOR UPDATE)
            UPDATE quota_usage u
            SET run_today = run_today - CASE WHEN u.usage_date = :day THEN 1 ELSE 0 END,
                run_month = run_month - 1,
                updated_at = :now
            FROM locked l WHERE u.tenant_id = l.tenant_id AND u.usage_date = l.usage_date
              AND run_month > 0 AND (u.usage_date > :day OR run_today > 0)
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
    static LocalDate acceptedOn(Job job) {
        JobId accepted = job.origin().trigger() == TriggerType.RETRY ? job.root() : job.id();
        return day(TimeOrderedId.madeAt(accepted.value()));
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }

    private static <T> Integer[] numbers(Collection<T> rows, Function<T, Integer> number) {
        return rows.stream().map(number).toArray(Integer[]::new);
    }
}
