package dev.convergence.service.http.limits;

import java.time.Instant;

/// Limits how often somebody may try to sign in from one address, right or wrong.
///
/// Keys are too long to be guessed; an operator's own may not be.
public final class SignInLimit {

    static final int PER_MINUTE = 20;

    private final Windows addresses =
            new Windows(() -> new SlidingWindow(PER_MINUTE, RateLimits.MINUTE));
    private final boolean isOn;

    public SignInLimit(boolean isOn) {
        this.isOn = isOn;
    }

    /// @throws dev.convergence.engine.error.EngineException RATE_LIMIT_EXCEEDED
    public void count(String address, Instant now) {
        if (isOn) {
            RateLimiter.require("sign-ins a minute", addresses.of(address).take(now));
        }
    }
}
