package dev.convergence.engine.webhook;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.EngineEvent.WebhookSent;
import dev.convergence.engine.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A webhook that this node may send now.
record WebhookParcel(WebhookBag bag, Sending sending) implements Parcel {

    @Override
    public UUID delivery() {
        return sending.delivery();
    }

    @Override
    public TenantId tenant() {
        return sending.tenant();
    }

    @Override
    public UUID receiver() {
        return sending.endpoint();
    }

    @Override
    public int attempts() {
        return sending.attempts();
    }

    @Override
    public boolean isLast() {
        return sending.isLast();
    }

    @Override
    public Instant createdAt() {
        return sending.createdAt();
    }

    @Override
    public Reply carry(Instant now) {
        return bag.courier()
                .post(
                        sending.url(),
                        Letter.headers(sending, secrets(), bag.userAgent(), now),
                        sending.payload());
    }

    private List<SigningSecret> secrets() {
        List<SigningSecret> secrets = new ArrayList<>();
        secrets.add(bag.vault().open(sending.tenant(), sending.endpoint(), sending.secret()));
        Vault.Sealed old = sending.oldSecret();
        if (old != null) {
            secrets.add(bag.vault().open(sending.tenant(), sending.endpoint(), old));
        }
        return secrets;
    }

    @Override
    public boolean isFutile(DeliveryAttempt attempt) {
        return Health.isGone(attempt);
    }

    @Override
    public boolean end(
            Handle handle,
            Delivery.State state,
            DeliveryAttempt attempt,
            @Nullable Instant next,
            Instant now) {
        Health.note(handle, sending, attempt, now);
        return SendingStore.end(handle, sending, state, attempt, next, now);
    }

    @Override
    public EngineEvent sent(Delivery.State state, Duration duration, Duration delay) {
        return new WebhookSent(sending.tenant(), state.name(), duration, delay);
    }
}
