package dev.convergence.engine.artifact;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The table `artifact`.
final class ArtifactStore {

    private ArtifactStore() {}

    /// What came of storing.
    enum Stored {
        STORED,
        /// The claim is gone: somebody else may be doing the work again.
        LOST,
        /// The run has as many as it may have.
        FULL
    }

    // The share of the lease waits for whoever is just ending it, and keeps it until this is
    // committed. A name that is there already is this same claim's: one job is claimed once.
    private static final String STORE =
            """
            WITH live AS MATERIALIZED (
                SELECT 1 FROM lease WHERE job_id = :job AND token = :token FOR KEY SHARE),
            used AS MATERIALIZED (
                SELECT count(*) AS number, COALESCE(sum(length(bytes)), 0) AS size
                FROM artifact WHERE job_id = :job AND name <> :name),
            stored AS (
                INSERT INTO artifact (job_id, name, tenant_id, media_type, bytes, sha256, stored_at)
                SELECT :job, :name, :tenant, :mediaType, :bytes, encode(sha256(:bytes), 'hex'), :now
                FROM used
                WHERE EXISTS (SELECT 1 FROM live) AND number < :numberMax AND size + length(:bytes) <= :sizeMax
                ON CONFLICT (job_id, name) DO UPDATE
                SET media_type = excluded.media_type, bytes = excluded.bytes, sha256 = excluded.sha256,
                    stored_at = excluded.stored_at
                RETURNING 1)
            SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM live) THEN 'LOST'
                        WHEN EXISTS (SELECT 1 FROM stored) THEN 'STORED' ELSE 'FULL' END
            """;

    static Stored store(
            Handle handle,
            TenantId tenant,
            JobId job,
            long token,
            ArtifactDraft draft,
            Instant now) {
        return Stored.valueOf(
                handle.createQuery(STORE)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .bind("token", token)
                        .bind("name", draft.name())
                        .bind("mediaType", draft.mediaType())
                        .bind("bytes", draft.bytes())
                        .bind("numberMax", Artifacts.NUMBER_MAX)
                        .bind("sizeMax", Artifacts.SIZE_MAX)
                        .bind("now", now)
                        .mapTo(String.class)
                        .one());
    }

    private static final String LIST =
            """
            SELECT name, media_type, length(bytes) AS size, sha256, stored_at FROM artifact
            WHERE job_id = :job AND tenant_id = :tenant ORDER BY name
            """;

    static List<Artifact> list(Handle handle, TenantId tenant, JobId job) {
        return handle.createQuery(LIST)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> artifact(row))
                .list();
    }

    private static final String READ =
            """
            SELECT name, media_type, bytes FROM artifact
            WHERE job_id = :job AND tenant_id = :tenant AND name = :name
            """;

    static Optional<ArtifactDraft> read(Handle handle, TenantId tenant, JobId job, String name) {
        return handle.createQuery(READ)
                .bind("job", job.value())
                .bind("tenant", tenant.value())
                .bind("name", name)
                .map((row, _) ->
                        new ArtifactDraft(row.getString(1), row.getString(2), row.getBytes(3)))
                .findOne();
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        return new Artifact(
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("size"),
                row.getString("sha256"),
                row.getObject("stored_at", OffsetDateTime.class).toInstant());
    }
}
