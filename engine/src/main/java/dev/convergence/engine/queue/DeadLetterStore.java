package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `dead_letter`: jobs that are not tried again until somebody says so.
final class DeadLetterStore {

    private DeadLetterStore() {}

    private static final String INSERT =
            "INSERT INTO dead_letter (job_id, tenant_id, reason, died_at) VALUES (:job, :tenant, :reason, :now)";

    static void insert(Handle handle, TenantId tenant, JobId job, String reason, Instant now) {
        handle.createUpdate(INSERT)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .bind("reason", reason)
                .bind("now", now)
                .execute();
    }

    private static final String LIST =
            """
            SELECT job_id, tenant_id, reason, died_at, redriven_as FROM dead_letter
            WHERE (:tenant::text IS NULL OR tenant_id = :tenant)
              AND (:before::uuid IS NULL OR job_id < :before)
            ORDER BY job_id DESC LIMIT :limit
            """;

    static List<DeadLetter> list(
            Handle handle, @Nullable TenantId tenant, @Nullable JobId before, int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant == null ? null : tenant.value())
                .bind("before", before == null ? null : before.value())
                .bind("limit", limit)
                .map((row, _) -> letter(row))
                .list();
    }

    private static final String FIND =
            """
            SELECT job_id, tenant_id, reason, died_at, redriven_as FROM dead_letter
            WHERE job_id = :job AND tenant_id = :tenant
            """;

    static Optional<DeadLetter> find(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(FIND)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> letter(row))
                .findOne();
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(
                JobId.of(row.getObject("job_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                row.getString("reason"),
                Objects.requireNonNull(JobStore.instant(row, "died_at")),
                Optional.ofNullable(row.getObject("redriven_as", UUID.class)).map(JobId::of));
    }

    private static final String REDRIVE =
            """
            UPDATE dead_letter SET redriven_at = :now, redriven_as = :made
            WHERE job_id = :job AND tenant_id = :tenant AND redriven_at IS NULL
            """;

    /// @return false when there is no such letter, or somebody was faster
    static boolean redrive(Handle handle, TenantId tenant, JobId job, JobId made, Instant now) {
        return handle.createUpdate(REDRIVE)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .bind("made", made.value())
                        .bind("now", now)
                        .execute()
                == 1;
    }
}
