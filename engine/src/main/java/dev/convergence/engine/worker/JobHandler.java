package dev.convergence.engine.worker;

import dev.convergence.engine.queue.Outcome;

/// Does the work of one type of job.
public interface JobHandler {

    /// The job type, such as `pipeline`.
    String type();

    /// Does the work; what it throws ends the job FAILED.
    Outcome handle(Execution execution) throws Exception;
}
