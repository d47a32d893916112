package dev.convergence.engine.run;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the [Pulse] of tenants.
final class PulseStore {

    private PulseStore() {}

    // Each claim and each settlement updates the lane's row, so its version tells of both. The rest
    // is found by the first entries of an index each.
    private static final String OF =
            """
            SELECT l.tenant_id, l.xmin::text AS mark, l.running, l.concurrent_limit,
                   (SELECT j.job_id FROM job j WHERE j.tenant_id = l.tenant_id
                    ORDER BY j.job_id DESC LIMIT 1) AS newest,
                   (SELECT count(*) FROM (SELECT 1 FROM ready r WHERE r.tenant_id = l.tenant_id LIMIT :max) x)
                   + (SELECT count(*) FROM (SELECT 1 FROM parked p WHERE p.tenant_id = l.tenant_id LIMIT :max) x)
                       AS waiting,
                   (SELECT count(*) FROM (SELECT 1 FROM deferred d WHERE d.tenant_id = l.tenant_id LIMIT :max) x)
                       AS pausing,
                   (SELECT x.job_id FROM (SELECT r.job_id FROM ready r WHERE r.tenant_id = l.tenant_id
                                          ORDER BY r.priority DESC, r.position LIMIT :max) x
                    ORDER BY x.job_id LIMIT 1) AS oldest
            FROM lane l WHERE l.tenant_id = ANY(:tenants)
            """;

    static List<Pulse> of(Handle handle, Collection<TenantId> tenants) {
        return handle.createQuery(OF)
                .bind("tenants", tenants.stream().map(TenantId::value).toArray(String[]::new))
                .bind("max", Pulses.EXACT_MAX)
                .map((row, _) -> pulse(row))
                .list();
    }

    private static Pulse pulse(ResultSet row) throws SQLException {
        return new Pulse(
                new TenantId(row.getString("tenant_id")),
                row.getString("mark"),
                madeAt(row, "newest"),
                row.getLong("waiting"),
                row.getLong("pausing"),
                row.getInt("running"),
                row.getInt("concurrent_limit"),
                madeAt(row, "oldest"));
    }

    private static @Nullable Instant madeAt(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class))
                .map(TimeOrderedId::madeAt)
                .orElse(null);
    }
}
