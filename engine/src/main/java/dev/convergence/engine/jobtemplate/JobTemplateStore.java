package dev.convergence.engine.jobtemplate;

import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `job_template`.
final class JobTemplateStore {

    private JobTemplateStore() {}

    private static final String INSERT =
            """
            INSERT INTO job_template (template_id, tenant_id, name, job_type, params, retry_policy, description,
                                      archived_at, created_at, updated_at)
            VALUES (:id, :tenant, :name, :type, :params::jsonb, :retry::jsonb, :description, :archivedAt,
                    :createdAt, :updatedAt)
            ON CONFLICT (template_id) DO UPDATE
            SET name = excluded.name, params = excluded.params, retry_policy = excluded.retry_policy,
                description = excluded.description, archived_at = excluded.archived_at,
                updated_at = excluded.updated_at
            """;

    static void write(Handle handle, JobTemplate template) {
        handle.createUpdate(INSERT)
                .bind("id", template.id().value())
                .bind("tenant", template.tenant().value())
                .bind("name", template.name())
                .bind("type", template.jobType())
                .bind("params", Json.write(template.params()))
                .bind("retry", Json.write(template.retry().facts()))
                .bind("description", template.description())
                .bind("archivedAt", template.archivedAt())
                .bind("createdAt", template.createdAt())
                .bind("updatedAt", template.updatedAt())
                .execute();
    }

    private static final String SELECT =
            """
            SELECT template_id, tenant_id, name, job_type, params, retry_policy, description, archived_at, created_at,
                   updated_at
            FROM job_template WHERE tenant_id = :tenant
            """;

    private static final String FIND = SELECT + " AND template_id = :id";
    private static final String LOCK = FIND + " FOR UPDATE";

    static Optional<JobTemplate> find(Handle handle, TenantId tenant, TemplateId id) {
        return find(handle, FIND, tenant, id);
    }

    /// The row, which nobody else changes until the transaction ends.
    static Optional<JobTemplate> lock(Handle handle, TenantId tenant, TemplateId id) {
        return find(handle, LOCK, tenant, id);
    }

    private static Optional<JobTemplate> find(
            Handle handle, String sql, TenantId tenant, TemplateId id) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("id", id.value())
                .map((row, _) -> template(row))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     AND (:archived OR archived_at IS NULL) AND (:before::uuid IS NULL OR template_id < :before)
                    ORDER BY template_id DESC LIMIT :limit
                    """;

    static List<JobTemplate> list(
            Handle handle, TenantId tenant, boolean archived, @Nullable UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("archived", archived)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> template(row))
                .list();
    }

    private static final String DISABLE_SCHEDULES =
            """
            UPDATE job_schedule SET enabled = false, updated_at = :now
            WHERE template_id = :id AND tenant_id = :tenant AND enabled
            """;

    /// @return how many schedules make no jobs any more
    static int disableSchedules(Handle handle, TenantId tenant, TemplateId id, Instant now) {
        return handle.createUpdate(DISABLE_SCHEDULES)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .bind("now", now)
                .execute();
    }

    private static JobTemplate template(ResultSet row) throws SQLException {
        return new JobTemplate(
                new TemplateId(row.getObject("template_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                row.getString("job_type"),
                Json.object(row.getString("params")),
                RetryWish.of(Json.object(row.getString("retry_policy")), new FieldFaults()),
                row.getString("description"),
                instant(row, "archived_at"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
