package dev.convergence.service.trace;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.sql.Database;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which HTTP call made which job, for the time that a job may wait. Written only while traces are
/// on, beside the job, so that jobs cost nobody more.
public final class TraceParents {

    private static final Logger LOG = LoggerFactory.getLogger(TraceParents.class);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String UUID_FORM = "[0-9a-fA-F-]{36}";
    private static final String W3C = "00-%s-%s-%s";

    private final Database database;
    private final InstantSource clock;

    public TraceParents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    private static final String KEEP =
            """
            WITH old AS (DELETE FROM convergence.job_trace WHERE made_at < :old)
            INSERT INTO convergence.job_trace (job_id, traceparent, made_at) VALUES (:job, :parent, :now)
            ON CONFLICT (job_id) DO NOTHING
            """;

    /// Keeps the present call as what made a thing; things that are no jobs are never asked for.
    public void made(String id) {
        SpanContext call = Span.current().getSpanContext();
        if (!call.isValid() || !id.matches(UUID_FORM)) {
            return;
        }
        String parent =
                W3C.formatted(call.getTraceId(), call.getSpanId(), call.getTraceFlags().asHex());
        try {
            database.transact(handle ->
                    handle.createUpdate(KEEP)
                            .bind("job", JobId.of(UUID.fromString(id)).value())
                            .bind("parent", parent)
                            .bind("now", clock.instant())
                            .bind("old", clock.instant().minus(KEPT))
                            .execute());
        } catch (RuntimeException lost) {
            LOG.warn("The trace of {} will not lead back to its call", id, lost);
        }
    }

    private static final String OF =
            "SELECT traceparent FROM convergence.job_trace WHERE job_id = :job";

    /// The call that made a job, or the first attempt of its chain.
    Optional<SpanContext> of(JobId job) {
        return database.read(handle ->
                        handle.createQuery(OF)
                                .bind("job", job.value())
                                .mapTo(String.class)
                                .findOne())
                .map(TraceParents::parsed);
    }

    private static SpanContext parsed(String parent) {
        String[] parts = parent.split("-");
        return SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault());
    }
}
