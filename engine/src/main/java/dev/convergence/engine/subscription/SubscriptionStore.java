package dev.convergence.engine.subscription;

import dev.convergence.engine.id.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;

/// The SQL of subscriptions and of what is opened together with one.
final class SubscriptionStore {

    private static final String FIND =
            """
            SELECT subscription_id, tenant_id, plan_name, status, daily_limit, monthly_limit,
                   concurrent_limit, max_team_members, max_providers, monthly_price_usd,
                   billing_cycle, auto_renew, trial_start_date, trial_end_date,
                   subscription_start_date, subscription_end_date, created_at, updated_at
            FROM subscription WHERE tenant_id = :tenant
            """;

    Optional<Subscription> find(Handle handle, TenantId tenant) {
        return handle.createQuery(FIND)
                .bind("tenant", tenant.value())
                .map(SubscriptionStore::subscription)
                .findOne();
    }

    Optional<Subscription> lock(Handle handle, TenantId tenant) {
        return handle.createQuery(FIND + " FOR NO KEY UPDATE")
                .bind("tenant", tenant.value())
                .map(SubscriptionStore::subscription)
                .findOne();
    }

    private static final String INSERT =
            """
            INSERT INTO subscription (subscription_id, tenant_id, plan_name, status, daily_limit,
                monthly_limit, concurrent_limit, max_team_members, max_providers,
                monthly_price_usd, billing_cycle, auto_renew, trial_end_date,
                subscription_start_date, subscription_end_date, created_at, updated_at)
            VALUES (:id, :tenant, :plan, :status, :daily, :monthly, :concurrent, :team, :providers,
                :price, :cycle, :renew, :trialEnd, :start, :end, :created, :updated)
            """;

    void insert(Handle handle, Subscription subscription) {
        bound(handle.createUpdate(INSERT), subscription)
                .bind("id", subscription.id())
                .bind("cycle", subscription.billingCycle())
                .bind("renew", subscription.autoRenew())
                .bind("created", subscription.createdAt())
                .execute();
    }

    private static final String UPDATE =
            """
            UPDATE subscription
            SET plan_name = :plan, status = :status, daily_limit = :daily, monthly_limit = :monthly,
                concurrent_limit = :concurrent, max_team_members = :team,
                max_providers = :providers, monthly_price_usd = :price, trial_end_date = :trialEnd,
                subscription_start_date = :start, subscription_end_date = :end,
                updated_at = :updated
            WHERE tenant_id = :tenant
            """;

    void update(Handle handle, Subscription subscription) {
        bound(handle.createUpdate(UPDATE), subscription).execute();
    }

    private static final String INSERT_USAGE =
            """
            INSERT INTO quota_usage (tenant_id, usage_date, created_at, updated_at)
            VALUES (:tenant, :date, :now, :now)
            """;

    void insertUsage(Handle handle, TenantId tenant, LocalDate date, Instant now) {
        handle.createUpdate(INSERT_USAGE)
                .bind("tenant", tenant.value())
                .bind("date", date)
                .bind("now", now)
                .execute();
    }

    private static final String INSERT_LANE =
            "INSERT INTO lane (tenant_id, concurrent_limit) VALUES (:tenant, :limit)";

    void insertLane(Handle handle, TenantId tenant, int limit) {
        handle.createUpdate(INSERT_LANE)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .execute();
    }

    private static final String UPDATE_LANE =
            """
            UPDATE lane
            SET concurrent_limit = :limit,
                virtual_time = GREATEST(virtual_time, (
                    SELECT virtual_time FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT 1))
            WHERE tenant_id = :tenant AND concurrent_limit <> :limit
            """;

    /// Who may start more than before has saved no credit meanwhile.
    void updateLane(Handle handle, TenantId tenant, int limit) {
        handle.createUpdate(UPDATE_LANE)
                .bind("tenant", tenant.value())
                .bind("limit", limit)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Subscription subscription) {
        return statement
                .bind("tenant", subscription.tenant().value())
                .bind("plan", subscription.plan().name())
                .bind("status", subscription.status().name())
                .bind("daily", subscription.limits().daily())
                .bind("monthly", subscription.limits().monthly())
                .bind("concurrent", subscription.limits().concurrent())
                .bind("team", subscription.teamMembersMax())
                .bind("providers", subscription.providersMax())
                .bind("price", subscription.monthlyPriceUsd())
                .bind("trialEnd", subscription.trialEnd())
                .bind("start", subscription.start())
                .bind("end", subscription.end())
                .bind("updated", subscription.updatedAt());
    }

    private static Subscription subscription(RowView row) {
        return new Subscription(
                row.getColumn("subscription_id", UUID.class),
                new TenantId(row.getColumn("tenant_id", String.class)),
                row.getColumn("plan_name", Plan.class),
                row.getColumn("status", SubscriptionStatus.class),
                limits(row),
                row.getColumn("max_team_members", Integer.class),
                row.getColumn("max_providers", Integer.class),
                row.getColumn("monthly_price_usd", BigDecimal.class),
                row.getColumn("billing_cycle", String.class),
                row.getColumn("auto_renew", Boolean.class),
                row.getColumn("trial_start_date", LocalDate.class),
                row.getColumn("trial_end_date", LocalDate.class),
                row.getColumn("subscription_start_date", LocalDate.class),
                row.getColumn("subscription_end_date", LocalDate.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class));
    }

    static Limits limits(RowView row) {
        return new Limits(
                row.getColumn("daily_limit", Integer.class),
                row.getColumn("monthly_limit", Integer.class),
                row.getColumn("concurrent_limit", Integer.class));
    }
}
