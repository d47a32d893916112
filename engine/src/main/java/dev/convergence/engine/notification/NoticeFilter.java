package dev.convergence.engine.notification;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which messages to list; null for all.
///
/// @param before the last one of the page before
public record NoticeFilter(
        TenantId tenant,
        @Nullable UUID channel,
        NoticeDelivery.@Nullable State state,
        @Nullable String event,
        @Nullable JobId job,
        @Nullable UUID before,
        int limit) {}
