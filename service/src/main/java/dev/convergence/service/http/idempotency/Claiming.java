package dev.convergence.service.http.idempotency;

import java.util.Map;

/// What became of a try to execute under an Idempotency-Key.
sealed interface Claiming {

    record Ours(Claim claim) implements Claiming {}

    record Answered(int status, Map<String, String> headers, byte[] body) implements Claiming {}

    record InFlight() implements Claiming {}

    record OtherBody() implements Claiming {}
}
