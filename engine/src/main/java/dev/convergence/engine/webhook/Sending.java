package dev.convergence.engine.webhook;

import dev.convergence.engine.credential.Vault.Sealed;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery that this node may send now, and whose result it may write.
///
/// @param attempts how many there were before
/// @param claim the right to write the result; another node's when this one takes too long
record Sending(
        UUID delivery,
        TenantId tenant,
        UUID endpoint,
        String url,
        String event,
        @Nullable JobId job,
        byte[] payload,
        int attempts,
        int attemptsMax,
        UUID claim,
        Instant createdAt,
        Sealed secret,
        @Nullable Sealed oldSecret) {

    boolean isLast() {
        return attempts + 1 >= attemptsMax;
    }
}
