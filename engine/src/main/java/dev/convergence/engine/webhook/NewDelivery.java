package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as it is made; from here on its payload stays.
record NewDelivery(
        UUID id,
        Endpoint endpoint,
        EventName event,
        @Nullable JobId job,
        @Nullable UUID group,
        byte[] payload) {}
