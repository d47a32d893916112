package dev.convergence.steps.http;

import java.time.Duration;
import java.util.Optional;

/// What became of a call.
public sealed interface ApiReply {

    /// There is an answer, whatever it says.
    ///
    /// @param retryAfter how long the other side wants to be left alone
    record Answered(int status, byte[] body, Optional<Duration> retryAfter) implements ApiReply {}

    /// Nobody answers there, or the answer broke off.
    record Unreachable() implements ApiReply {}

    /// The answer was not there in time.
    record TooSlow() implements ApiReply {}

    /// The answer is longer than anybody wants to read.
    record TooLarge() implements ApiReply {}
}
