package dev.convergence.engine.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as it is decided on, before its words are found.
///
/// @param rule null for tests, templates and configs
/// @param heldUntil null when it is sent
record NewMessage(
        Channel channel,
        @Nullable UUID rule,
        Notice notice,
        List<String> recipients,
        @Nullable Instant heldUntil) {

    NewMessage {
        recipients = List.copyOf(recipients);
    }
}
