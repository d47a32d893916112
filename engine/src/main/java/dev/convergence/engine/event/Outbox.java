package dev.convergence.engine.event;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Facts to deliver, written in the transaction of the fact and deleted by the delivery.
///
/// Delivery is at least once: who delivers must bear to see the same fact again.
public final class Outbox {

    /// A pipeline run ended: its record is to be copied into the tenant's data set.
    public static final String RUN_RECORD = "run_record";

    private Outbox() {}

    /// Whom a fact is about.
    public record Subject(TenantId tenant, JobId job) {}

    /// A fact that waits for its delivery.
    public record Fact(long id, TenantId tenant, JobId job) {}

    private static final String APPEND =
            """
            INSERT INTO outbox (topic, tenant_id, job_id, due_at)
            SELECT :topic, tenant_id, job_id, :now
            FROM unnest(:tenants::text[], :jobs::uuid[]) WITH ORDINALITY AS f (tenant_id, job_id, place)
            ORDER BY place
            """;

    /// Appends facts in the order given; locks nothing that was there before.
    public static void append(
            Handle handle, String topic, Collection<Subject> subjects, Instant now) {
        if (subjects.isEmpty()) {
            return;
        }
        handle.createUpdate(APPEND)
                .bind("topic", topic)
                .bind(
                        "tenants",
                        subjects.stream().map(s -> s.tenant().value()).toArray(String[]::new))
                .bind("jobs", subjects.stream().map(s -> s.job().value()).toArray(UUID[]::new))
                .bind("now", now)
                .execute();
    }

    private static final String TENANTS_DUE =
            """
            SELECT DISTINCT tenant_id FROM
                (SELECT tenant_id FROM outbox WHERE topic = :topic AND due_at <= :now ORDER BY due_at LIMIT 1000) AS due
            """;

    public static List<TenantId> tenantsDue(Handle handle, String topic, Instant now) {
        return handle.createQuery(TENANTS_DUE)
                .bind("topic", topic)
                .bind("now", now)
                .map((row, _) -> new TenantId(row.getString(1)))
                .list();
    }

    // The rows stay locked until the delivery is committed, so that nobody else delivers them
    // meanwhile.
    private static final String LOCK_OF_TENANT =
            """
            SELECT outbox_id, tenant_id, job_id FROM outbox
            WHERE topic = :topic AND tenant_id = :tenant
            ORDER BY outbox_id LIMIT 500 FOR UPDATE SKIP LOCKED
            """;

    public static List<Fact> lock(Handle handle, String topic, TenantId tenant) {
        return handle.createQuery(LOCK_OF_TENANT)
                .bind("topic", topic)
                .bind("tenant", tenant.value())
                .map((row, _) ->
                        new Fact(
                                row.getLong("outbox_id"),
                                new TenantId(row.getString("tenant_id")),
                                JobId.of(row.getObject("job_id", UUID.class))))
                .list();
    }

    private static final String DELIVERED = "DELETE FROM outbox WHERE outbox_id = ANY(:ids)";

    public static void delivered(Handle handle, Collection<Fact> facts) {
        handle.createUpdate(DELIVERED)
                .bind("ids", facts.stream().map(Fact::id).toArray(Long[]::new))
                .execute();
    }
}
