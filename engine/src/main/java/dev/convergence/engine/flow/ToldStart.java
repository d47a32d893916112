package dev.convergence.engine.flow;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.notification.Notices;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs pipelines, and notes each start for those who asked to hear of it.
///
/// Here and not in the claim, so that neither other jobs nor the statement that takes a thousand of
/// them pay for it. Nobody's run fails because people could not be told that it began.
public final class ToldStart implements JobHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ToldStart.class);

    private final JobHandler pipelines;
    private final Database database;
    private final InstantSource clock;

    public ToldStart(JobHandler pipelines, Database database, InstantSource clock) {
        this.pipelines = pipelines;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String type() {
        return pipelines.type();
    }

    @Override
    public Outcome handle(Execution execution) throws Exception {
        note(execution.job());
        return pipelines.handle(execution);
    }

    private void note(Job job) {
        Instant now = clock.instant();
        try {
            database.transact(
                    handle -> Notices.append(handle, List.of(Notices.started(job, now)), now));
        } catch (JdbiException failure) {
            LOG.warn("The start of run {} could not be noted", job.id().run(), failure);
        }
    }
}
