package dev.convergence.engine.webhook;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.credential.Vault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Webhooks that wait, and what they are sent with.
record WebhookBag(SecretVault vault, Courier courier, String userAgent) implements Mailbag {

    WebhookBag(Vault vault, Courier courier, String userAgent) {
        this(new SecretVault(vault), courier, userAgent);
    }

    @Override
    public List<Due> due(Handle handle, Instant now) {
        return SendingStore.due(handle, now);
    }

    @Override
    public List<WebhookParcel> take(
            Handle handle, Map<UUID, Integer> shares, Instant until, Instant now) {
        return SendingStore.take(handle, shares, until, now).stream()
                .map(sending -> new WebhookParcel(this, sending))
                .toList();
    }
}
