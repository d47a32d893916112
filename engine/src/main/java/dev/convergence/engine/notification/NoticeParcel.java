package dev.convergence.engine.notification;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.NotificationSent;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A message that this node may send now.
///
/// @param claim the right to send it and to write the result; another node's when this takes too
///   long
record NoticeParcel(
        NoticeBag bag,
        UUID delivery,
        Channel channel,
        @Nullable Sealed secret,
        String event,
        Severity severity,
        String subject,
        byte[] payload,
        int attempts,
        int attemptsMax,
        UUID claim,
        Instant createdAt)
        implements Parcel {

    private static final int GONE = 410;
    private static final int SMTP_REFUSED = 500;

    @Override
    public TenantId tenant() {
        return channel.tenant();
    }

    @Override
    public UUID receiver() {
        return channel.id();
    }

    @Override
    public boolean isLast() {
        return attempts + 1 >= attemptsMax;
    }

    @Override
    public Reply carry(Instant now) {
        return bag.carry(this, now);
    }

    /// A mail server that says 5xx means it.
    @Override
    public boolean isFutile(DeliveryAttempt attempt) {
        Integer status = attempt.httpStatus();
        return status != null
                && (channel.type() == ChannelType.EMAIL ? status >= SMTP_REFUSED : status == GONE);
    }

    @Override
    public boolean end(
            Handle handle,
            Delivery.State state,
            DeliveryAttempt attempt,
            @Nullable Instant next,
            Instant now) {
        return NoticeSendingStore.end(handle, this, state, attempt, next, now);
    }

    @Override
    public EngineEvent sent(Delivery.State state, Duration duration, Duration delay) {
        return new NotificationSent(tenant(), channel.type().name(), state.name(), duration, delay);
    }
}
