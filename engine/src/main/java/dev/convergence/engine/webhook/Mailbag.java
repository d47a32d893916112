package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Messages of one kind that wait to be sent: webhooks, or notifications.
///
/// What is common to them, claims, shares, pauses and the end of attempts, is [Deliverer]'s.
public interface Mailbag {

    /// A receiver to whom something is due.
    record Due(TenantId tenant, UUID receiver) {}

    List<Due> due(Handle handle, Instant now);

    /// Takes what is due for this node alone.
    ///
    /// @param shares how many for each receiver
    /// @param until when others may take it, should this node die
    List<? extends Parcel> take(
            Handle handle, Map<UUID, Integer> shares, Instant until, Instant now);
}
