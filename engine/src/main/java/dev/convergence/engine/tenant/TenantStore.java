package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The SQL of profiles.
final class TenantStore {

    private static final String COLUMNS =
            """
            SELECT t.tenant_id, t.company_name, t.admin_email, s.plan_name, t.status,
                   t.suspended_reason, t.created_at, t.updated_at
            FROM tenant t JOIN subscription s USING (tenant_id)
            """;

    Optional<Tenant> find(Handle handle, TenantId tenant) {
        return handle.createQuery(COLUMNS + " WHERE t.tenant_id = :tenant")
                .bind("tenant", tenant.value())
                .map(TenantStore::tenant)
                .findOne();
    }

    /// Ids that differ only in case would share a file on some systems.
    Optional<Tenant> findInAnyCase(Handle handle, String id) {
        return handle.createQuery(COLUMNS + " WHERE lower(t.tenant_id) = :id")
                .bind("id", id.toLowerCase(Locale.ROOT))
                .map(TenantStore::tenant)
                .findOne();
    }

    private static final String FILTER =
            """
            WHERE (CAST(:status AS text) IS NULL OR t.status = :status)
              AND (CAST(:plan AS text) IS NULL OR s.plan_name = :plan)
              AND (CAST(:search AS text) IS NULL OR t.tenant_id ILIKE :search
                   OR t.company_name ILIKE :search OR t.admin_email ILIKE :search)
            """;

    private static final String LIST =
            COLUMNS
                    + FILTER
                    + """
                    AND t.tenant_id > :after
                    ORDER BY t.tenant_id LIMIT :limit OFFSET :offset
                    """;

    /// One more than asked, which tells whether there is a next page.
    List<Tenant> list(Handle handle, TenantQuery.Checked query) {
        return filtered(handle.createQuery(LIST), query)
                .bind("after", query.after() == null ? "" : query.after().value())
                .bind("limit", query.limit() + 1)
                .bind("offset", query.offset())
                .map(TenantStore::tenant)
                .list();
    }

    private static final String COUNT =
            "SELECT count(*) FROM tenant t JOIN subscription s USING (tenant_id) " + FILTER;

    long count(Handle handle, TenantQuery.Checked query) {
        return filtered(handle.createQuery(COUNT), query).mapTo(Long.class).one();
    }

    private static final String LOCK_NAME =
            "SELECT pg_advisory_xact_lock(hashtextextended('tenant:' || lower(:id), 0))";

    /// Until the transaction ends, nobody else makes or deletes a tenant of this name in any case.
    void lockName(Handle handle, String id) {
        handle.createQuery(LOCK_NAME).bind("id", id).mapTo(String.class).findOne();
    }

    private static final String INSERT =
            """
            INSERT INTO tenant (tenant_id, company_name, admin_email, created_at, updated_at)
            VALUES (:tenant, :company, :email, :now, :now)
            """;

    void insert(Handle handle, TenantId tenant, String company, String email, Instant now) {
        handle.createUpdate(INSERT)
                .bind("tenant", tenant.value())
                .bind("company", company)
                .bind("email", email)
                .bind("now", now)
                .execute();
    }

    private static final String LOCK =
            "SELECT status FROM tenant WHERE tenant_id = :tenant FOR NO KEY UPDATE";

    Optional<TenantStatus> lock(Handle handle, TenantId tenant) {
        return handle.createQuery(LOCK)
                .bind("tenant", tenant.value())
                .mapTo(TenantStatus.class)
                .findOne();
    }

    private static final String UPDATE =
            """
            UPDATE tenant
            SET company_name = coalesce(:company, company_name),
                admin_email = coalesce(:email, admin_email), updated_at = :now
            WHERE tenant_id = :tenant
            """;

    void update(Handle handle, TenantId tenant, TenantUpdate update, Instant now) {
        handle.createUpdate(UPDATE)
                .bind("tenant", tenant.value())
                .bind("company", update.companyName())
                .bind("email", update.adminEmail())
                .bind("now", now)
                .execute();
    }

    private static final String UPDATE_STATUS =
            """
            UPDATE tenant SET status = :status, suspended_reason = :reason, updated_at = :now
            WHERE tenant_id = :tenant
            """;

    void updateStatus(
            Handle handle,
            TenantId tenant,
            TenantStatus status,
            @Nullable String reason,
            Instant now) {
        handle.createUpdate(UPDATE_STATUS)
                .bind("tenant", tenant.value())
                .bind("status", status.name())
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    // What is due does not fire; what runs goes on to its end. Since when it is so is kept for the
    // ledger; a config that somebody had switched off before stays known as that.
    private static final String SUSPEND_SCHEDULES =
            """
            UPDATE schedule
            SET is_suspended = :suspended,
                halted_from = CASE WHEN is_enabled AND :suspended AND NOT is_suspended THEN :now::timestamptz ELSE halted_from END,
                halted_as = CASE WHEN is_enabled AND :suspended AND NOT is_suspended THEN 'SKIPPED_SUSPENDED'
                                 ELSE halted_as END,
                halted_until = CASE WHEN NOT is_enabled THEN halted_until
                                    WHEN :suspended AND NOT is_suspended THEN NULL
                                    WHEN NOT :suspended AND is_suspended THEN :now::timestamptz
                                    ELSE halted_until END
            WHERE config_id IN (
                SELECT config_id FROM pipeline_config WHERE tenant_id = :tenant AND deleted_at IS NULL)
            """;

    void suspendSchedules(Handle handle, TenantId tenant, boolean suspended, Instant now) {
        handle.createUpdate(SUSPEND_SCHEDULES)
                .bind("now", now)
                .bind("tenant", tenant.value())
                .bind("suspended", suspended)
                .execute();
    }

    // What waits does not start. A lane that comes back has saved no credit meanwhile.
    private static final String SUSPEND_LANE =
            """
            UPDATE lane
            SET is_suspended = :suspended,
                virtual_time = GREATEST(virtual_time, (
                    SELECT virtual_time FROM lane WHERE is_claimable ORDER BY virtual_time LIMIT 1))
            WHERE tenant_id = :tenant
            """;

    void suspendLane(Handle handle, TenantId tenant, boolean suspended) {
        handle.createUpdate(SUSPEND_LANE)
                .bind("tenant", tenant.value())
                .bind("suspended", suspended)
                .execute();
    }

    private static <S extends SqlStatement<S>> S filtered(S statement, TenantQuery.Checked query) {
        return statement
                .bind("status", query.status() == null ? null : query.status().name())
                .bind("plan", query.plan() == null ? null : query.plan().name())
                .bind("search", query.pattern());
    }

    private static Tenant tenant(RowView row) {
        return new Tenant(
                new TenantId(row.getColumn("tenant_id", String.class)),
                row.getColumn("company_name", String.class),
                row.getColumn("admin_email", String.class),
                row.getColumn("plan_name", Plan.class),
                row.getColumn("status", TenantStatus.class),
                row.getColumn("suspended_reason", String.class),
                row.getColumn("created_at", Instant.class),
                row.getColumn("updated_at", Instant.class));
    }
}
