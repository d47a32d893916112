package dev.convergence.engine.direct;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.queue.DirectStart.Reason;
import java.util.Optional;

/// What came of a direct execution.
public sealed interface DirectEnd {

    /// It was executed, and has its run, however that ended.
    record Executed(JobId job) implements DirectEnd {}

    /// The caller's time was up.
    ///
    /// @param job what was cancelled; empty when it had not started
    record TimeUp(Optional<JobId> job) implements DirectEnd {}

    /// It may not start any more.
    record Refused(Reason reason) implements DirectEnd {}

    /// The caller went away before it started.
    record CallerGone() implements DirectEnd {}

    /// The node stops; it did not start.
    record NodeStops() implements DirectEnd {}
}
