package dev.convergence.engine.webhook;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A message that this node may send now, and whose result it may write.
public interface Parcel {

    UUID delivery();

    TenantId tenant();

    /// To whom it goes: an endpoint, or a channel.
    UUID receiver();

    /// How many attempts there were before.
    int attempts();

    boolean isLast();

    Instant createdAt();

    /// Sends it, and waits for the answer.
    Reply carry(Instant now);

    /// Whether trying again after this could not help.
    boolean isFutile(DeliveryAttempt attempt);

    /// Writes the result, unless somebody else has taken over.
    ///
    /// @param next when it is tried again; null when it is over
    /// @return whether the claim was still good
    boolean end(
            Handle handle,
            Delivery.State state,
            DeliveryAttempt attempt,
            @Nullable Instant next,
            Instant now);

    /// What this node tells itself of the attempt.
    ///
    /// @param duration of the attempt
    /// @param delay how long after the event it was
    EngineEvent sent(Delivery.State state, Duration duration, Duration delay);
}
