package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.JobStore.Placed;
import dev.convergence.engine.sql.CopyRows;
import java.util.Collection;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Many jobs on their way into the table `job`.
///
/// A column costs both sides its share even where it is empty. So jobs that have none of what few
/// jobs have are written without its columns.
final class JobCopy {

    private static final String OF_ALL =
            """
            job_id, tenant_id, job_type, params, priority, attempt, max_retries, retry_policy,
            trigger_type, position
            """;

    private static final String OF_FEW =
            """
            retry_of, root_id, pool, pipeline_id, config_id, slot_at, trigger_by, user_id, flight_key,
            node_losses, kind, group_id, sequence_number, template_id, schedule_id, retry_kind,
            shown_position
            """;

    private static final int COUNT_OF_ALL = 10;
    private static final int COUNT = 27;

    private static final String COPY =
            "COPY convergence.job (%s, %s) FROM STDIN (FORMAT binary)".formatted(OF_ALL, OF_FEW);
    private static final String COPY_PLAIN =
            "COPY convergence.job (%s) FROM STDIN (FORMAT binary)".formatted(OF_ALL);

    private JobCopy() {}

    static void copy(Handle handle, Collection<Placed> jobs) {
        if (jobs.stream().allMatch(JobCopy::isPlain)) {
            CopyRows.copy(handle, COPY_PLAIN, jobs, JobCopy::writePlain);
        } else {
            CopyRows.copy(handle, COPY, jobs, JobCopy::writeFull);
        }
    }

    private static boolean isPlain(Placed placed) {
        Job job = placed.job();
        Origin from = job.origin();
        return job.ties().equals(Ties.NONE)
                && job.nodeLosses() == 0
                && job.root().equals(job.id())
                && Stream.of(
                                job.retryOf(),
                                job.pool(),
                                from.pipelineId(),
                                from.config(),
                                from.slotAt(),
                                from.triggerBy(),
                                from.userId(),
                                from.flightKey(),
                                placed.shown())
                        .allMatch(value -> value == null);
    }

    private static void writePlain(CopyRows out, Placed placed) {
        writeOfAll(out.columns(COUNT_OF_ALL), placed);
    }

    private static void writeFull(CopyRows out, Placed placed) {
        writeOfAll(out.columns(COUNT), placed);
        writeOfFew(out, placed);
    }

    private static void writeOfAll(CopyRows out, Placed placed) {
        Job job = placed.job();
        out.uuid(job.id().value())
                .text(job.tenant().value())
                .text(job.type())
                .json(JobStore.params(job))
                .smallint(job.priority())
                .smallint(job.attempt())
                .smallint(job.retry().retriesMax())
                .json(PolicyTexts.text(job.retry()))
                .text(job.origin().trigger().word())
                .bigint(placed.position());
    }

    private static void writeOfFew(CopyRows out, Placed placed) {
        Job job = placed.job();
        Origin origin = job.origin();
        Ties ties = job.ties();
        out.uuid(JobStore.uuid(job.retryOf()))
                .uuid(JobStore.root(job))
                .text(job.pool())
                .text(origin.pipelineId())
                .uuid(JobStore.config(origin))
                .time(origin.slotAt())
                .text(origin.triggerBy())
                .text(origin.userId())
                .text(origin.flightKey())
                .smallint(job.nodeLosses())
                .text(TiesRow.kind(ties))
                .uuid(TiesRow.group(ties))
                .integer(ties.sequenceNumber())
                .uuid(TiesRow.template(ties))
                .uuid(TiesRow.schedule(ties))
                .text(TiesRow.retryKind(ties))
                .bigint(placed.shown());
    }
}
