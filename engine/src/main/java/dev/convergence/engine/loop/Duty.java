package dev.convergence.engine.loop;

import java.time.Instant;

/// Something that is done again and again: a loop runs it in production, a test by hand.
@FunctionalInterface
public interface Duty {

    /// Does what is due now.
    ///
    /// @return true when there is more to do at once
    boolean runOnce(Instant now);
}
