package dev.convergence.engine.worker;

import dev.convergence.engine.queue.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Does the work of one type of job.
public interface JobHandler {

    /// The job type, such as `pipeline`.
    String type();

    /// Does the work; what it throws ends the job FAILED.
    ///
    /// It may be called again for the same job's next attempt after a crash, so an effect outside
    /// the database should carry the job's root id or the claim's token.
    Outcome handle(Execution execution) throws Exception;

    /// The pool whose permit a job with these parameters must hold while it runs; null for none.
    ///
    /// Asked when the job is put in; parameters that make no sense are no reason to refuse it, they
    /// fail the run.
    default @Nullable String pool(Map<String, Object> params) {
        return null;
    }

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
