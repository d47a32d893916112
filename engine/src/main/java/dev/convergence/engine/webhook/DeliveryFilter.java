package dev.convergence.engine.webhook;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which deliveries to list; null for all.
///
/// @param before the last one of the page before
public record DeliveryFilter(
        TenantId tenant,
        @Nullable JobId job,
        Delivery.@Nullable State state,
        @Nullable String event,
        @Nullable UUID endpoint,
        @Nullable UUID before,
        int limit) {}
