package dev.convergence.service.http.idempotency;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One request's right to execute under an Idempotency-Key.
///
/// @param at when it was claimed, as exact as the database keeps it, so that it names this claim
record Claim(String scope, String key, String method, String path, Instant at) {

    Claim {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }
}
