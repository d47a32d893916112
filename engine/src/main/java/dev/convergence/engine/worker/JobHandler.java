package dev.convergence.engine.worker;

import dev.convergence.engine.queue.Outcome;

/// Does the work of one type of job.
public interface JobHandler {

    /// The job type, such as `pipeline`.
    String type();

    /// Does the work; what it throws ends the job FAILED.
    ///
    /// It may be called again for the same job's next attempt after a crash, so an effect outside
    /// the database should carry the job's root id or the claim's token.
    Outcome handle(Execution execution) throws Exception;

    /// The work of a handler, without its type.
    @FunctionalInterface
    interface Work {
        Outcome handle(Execution execution) throws Exception;
    }

    static JobHandler of(String type, Work work) {
        return new JobHandler() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public Outcome handle(Execution execution) throws Exception {
                return work.handle(execution);
            }
        };
    }
}
