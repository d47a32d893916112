package dev.convergence.engine.webhook;

import java.time.Instant;
import java.util.Collection;
import org.jdbi.v3.core.Handle;

/// Notes in the outbox what is to be told, in the transaction of the fact.
///
/// Only for tenants that have somebody to tell: whether they have, the statement itself looks up,
/// because a cache could be older than an endpoint.
public final class Happenings {

    public static final String TOPIC = "webhook";

    /// Notes the ends of runs, as a part of the statement that writes them: no round trip, and
    /// nothing but a look into a small table where nobody listens. The place of `%s` takes the rows
    /// that end, with `tenant_id` and `job_id`.
    public static final String NOTE_RUNS =
            """
            INSERT INTO outbox (topic, tenant_id, job_id, due_at)
            SELECT 'webhook', tenant_id, job_id, :now FROM %s AS ending
            WHERE EXISTS (SELECT 1 FROM webhook_endpoint AS listener
                          WHERE listener.tenant_id = ending.tenant_id AND listener.is_enabled)
            """;

    private Happenings() {}

    /// Notes other happenings in the order given; locks nothing that was there before.
    public static void append(Handle handle, Collection<Happening> happenings, Instant now) {
        if (!happenings.isEmpty()) {
            HappeningStore.append(handle, happenings, now);
        }
    }
}
