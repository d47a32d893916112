package dev.convergence.engine;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.webhook.EndpointUpdate;
import dev.convergence.engine.webhook.Happening;
import dev.convergence.engine.webhook.Happenings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A node, a tenant that may be told of what happens there, and the mail that tells it.
final class Notified {

    static final String OUTBOX = "SELECT count(*) FROM outbox WHERE topic = 'webhook'";

    final Installation installation = new Installation();
    final Mailroom mail = new Mailroom(installation);
    final Receiver receiver = mail.receiver;
    final TenantId acme = installation.tenant("acme", 10, 4);
    final Rooms node = installation.node(4);

    Job run(Map<String, Object> params) {
        Job job = installation.probe(acme, 5, params);
        installation.enqueue(node, List.of(job));
        node.worker().runHere(now());
        return job;
    }

    void note(Happening... happenings) {
        installation.database.transact(
                handle -> Happenings.append(handle, List.of(happenings), now()));
    }

    void enable(UUID endpoint, boolean isEnabled) {
        mail.endpoints.update(
                acme, endpoint, new EndpointUpdate(null, null, null, null, isEnabled), now());
    }

    Instant now() {
        return installation.clock.instant();
    }
}
