package dev.convergence.engine.quota;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The table `quota_usage`, locked and opened for many tenants at once.
///
/// Existing rows are locked by tenant and day in one statement, before any is made: whoever needs
/// several takes them in this order, so nobody waits in a circle.
///
/// Each day of an installation begins without a row, and a planner that knows no better joins the
/// rows of all tenants. So the statements below look up one tenant after the other, in subqueries
/// that cannot become joins.
final class UsageStore {

    private UsageStore() {}

    /// The first and the last day whose rows a run of this day may change, both in its month.
    private record Month(LocalDate first, LocalDate next) {
        static Month of(LocalDate day) {
            LocalDate first = day.withDayOfMonth(1);
            return new Month(first, first.plusMonths(1));
        }
    }

    // Two that open days of one tenant around midnight would each miss what the other counts in the
    // month. So who opens a day holds the tenant against other openers; nobody else is kept out.
    private static final String KEEP_OPENERS_OUT =
            """
            SELECT tenant_id FROM tenant
            WHERE tenant_id = ANY(:tenants)
              AND (SELECT true FROM quota_usage u WHERE u.tenant_id = tenant.tenant_id AND usage_date = :day) IS NULL
            ORDER BY tenant_id FOR NO KEY UPDATE
            """;

    // Keeps tenants from being deleted before the runs are committed, and with them what the
    // deletion would not see.
    private static final String KEEP_TENANTS =
            "SELECT tenant_id FROM tenant WHERE tenant_id = ANY(:tenants) ORDER BY tenant_id FOR KEY SHARE";

    /// Locks the tenants' rows of the day and reads what they and the limits say; makes the rows
    /// that are not there.
    static Map<TenantId, QuotaState> lock(
            Handle handle, Collection<TenantId> tenants, LocalDate day, Instant now) {
        Set<TenantId> wanted = new TreeSet<>(tenants);
        names(handle, KEEP_OPENERS_OUT, wanted, day);
        if (names(handle, KEEP_TENANTS, wanted, day).size() < wanted.size()) {
            throw EngineException.notFound("There is no such tenant among " + wanted + ".");
        }
        Map<TenantId, QuotaState> present = lockPresent(handle, wanted, day, now);
        if (present.size() == wanted.size()) {
            return present;
        }
        open(handle, without(wanted, present.keySet()), day, now);
        return lockPresent(handle, wanted, day, now);
    }

    private static Collection<String> names(
            Handle handle, String lock, Set<TenantId> tenants, LocalDate day) {
        return handle.createQuery(lock)
                .bind("tenants", names(tenants))
                .bind("day", day)
                .mapTo(String.class)
                .list();
    }

    // From the day's row, or from the one whose month it will carry on, to the month's end: what is
    // reserved counts in all of them. The caller's order is the locks'.
    private static final String LOCK =
            """
            SELECT t.tenant_id, usage_date, run_today, run_month,
                   COALESCE(o.daily_limit, s.daily_limit) AS daily_limit,
                   COALESCE(o.monthly_limit, s.monthly_limit) AS monthly_limit
            FROM unnest(:tenants::text[]) AS t (tenant_id)
            CROSS JOIN LATERAL (
                SELECT usage_date, run_today, run_month FROM quota_usage u
                WHERE u.tenant_id = t.tenant_id AND usage_date < :monthNext AND usage_date >= COALESCE((
                    SELECT max(usage_date) FROM quota_usage d
                    WHERE d.tenant_id = t.tenant_id AND usage_date BETWEEN :monthFirst AND :day), :day)
                ORDER BY usage_date FOR UPDATE) AS u
            CROSS JOIN LATERAL (
                SELECT daily_limit, monthly_limit FROM subscription WHERE tenant_id = t.tenant_id LIMIT 1) AS s
            LEFT JOIN LATERAL (
                SELECT daily_limit, monthly_limit FROM limit_override
                WHERE tenant_id = t.tenant_id AND ended_at IS NULL AND expires_at > :now LIMIT 1) AS o ON true
            """;

    private static Map<TenantId, QuotaState> lockPresent(
            Handle handle, Set<TenantId> tenants, LocalDate day, Instant now) {
        Month month = Month.of(day);
        Map<TenantId, QuotaState> states = new HashMap<>();
        handle.createQuery(LOCK)
                .bind("tenants", names(tenants))
                .bind("day", day)
                .bind("monthFirst", month.first())
                .bind("monthNext", month.next())
                .bind("now", now)
                .map((row, _) -> Map.entry(new TenantId(row.getString("tenant_id")), state(row)))
                .forEach(found -> {
                    if (found.getValue().day().equals(day)) {
                        states.put(found.getKey(), found.getValue());
                    }
                });
        return states;
    }

    private static QuotaState state(ResultSet row) throws SQLException {
        return new QuotaState(
                row.getObject("usage_date", LocalDate.class),
                row.getInt("run_today"),
                row.getInt("run_month"),
                row.getInt("daily_limit"),
                row.getInt("monthly_limit"));
    }

    private static final String LOOK =
            """
            SELECT CAST(:day AS date) AS usage_date,
                   CASE WHEN newest.usage_date = :day THEN run_today ELSE 0 END AS run_today,
                   COALESCE(run_month, 0) AS run_month,
                   COALESCE(o.daily_limit, s.daily_limit) AS daily_limit,
                   COALESCE(o.monthly_limit, s.monthly_limit) AS monthly_limit
            FROM subscription s
            LEFT JOIN limit_override o ON o.tenant_id = s.tenant_id AND o.ended_at IS NULL AND o.expires_at > :now
            LEFT JOIN LATERAL (
                SELECT usage_date, run_today, run_month FROM quota_usage u
                WHERE u.tenant_id = s.tenant_id AND usage_date BETWEEN :monthFirst AND :day
                ORDER BY usage_date DESC LIMIT 1) AS newest ON true
            WHERE s.tenant_id = :tenant
            """;

    /// What the limits and the counters say, without a lock and without a row of the day.
    static Optional<QuotaState> look(Handle handle, TenantId tenant, LocalDate day, Instant now) {
        return handle.createQuery(LOOK)
                .bind("tenant", tenant.value())
                .bind("day", day)
                .bind("monthFirst", Month.of(day).first())
                .bind("now", now)
                .map((row, _) -> state(row))
                .findOne();
    }

    // The month's total is carried over from the tenant's last day of the same month, which is
    // locked by now: a reservation on that day is either counted here, or sees the new row and
    // counts in both.
    private static final String OPEN =
            """
            INSERT INTO quota_usage (tenant_id, usage_date, run_month, created_at, updated_at)
            SELECT tenant_id, :day, COALESCE((
                SELECT run_month FROM quota_usage d
                WHERE d.tenant_id = t.tenant_id AND usage_date < :day AND usage_date >= :monthFirst
                ORDER BY usage_date DESC LIMIT 1), 0), :now, :now
            FROM unnest(:tenants::text[]) AS t (tenant_id) ORDER BY tenant_id COLLATE "C"
            ON CONFLICT DO NOTHING
            """;

    private static void open(Handle handle, Set<TenantId> tenants, LocalDate day, Instant now) {
        handle.createUpdate(OPEN)
                .bind("tenants", names(tenants))
                .bind("day", day)
                .bind("monthFirst", Month.of(day).first())
                .bind("now", now)
                .execute();
    }

    private static Set<TenantId> without(Set<TenantId> all, Set<TenantId> some) {
        Set<TenantId> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static String[] names(Collection<TenantId> tenants) {
        return tenants.stream().map(TenantId::value).toArray(String[]::new);
    }
}
