package dev.convergence.engine.notification;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/// Notes in the outbox what people are to be told, in the transaction of the fact.
///
/// Only for tenants that want it: the statement itself looks, as that of webhooks does, and with
/// the state of the run, so a tenant that asks for failures notes no successes.
public final class Notices {

    public static final String TOPIC = "notification";

    /// Notes the ends of runs, as a part of the statement that writes them. Whether anybody has a
    /// rule is asked once a statement, so an installation without rules does not look for each run.
    /// The first place takes the rows that end, with `tenant_id` and `job_id`; the second an
    /// expression for their state; the third a condition that holds when a step of theirs wants
    /// people told.
    public static final String NOTE_RUNS =
            """
            INSERT INTO outbox (topic, tenant_id, job_id, due_at)
            SELECT 'notification', tenant_id, job_id, :now FROM %1$s AS ending
            WHERE (EXISTS (SELECT 1 FROM notification_rule WHERE is_enabled)
                   AND EXISTS (SELECT 1 FROM notification_rule AS rule
                               WHERE rule.tenant_id = ending.tenant_id AND rule.is_enabled
                                 AND %2$s = ANY (rule.run_states)))
               OR (%2$s = 'FAILED'
                   AND EXISTS (SELECT 1 FROM pipeline_config AS config
                               WHERE config.tenant_id = ending.tenant_id
                                 AND config.notification_emails <> '{}' AND config.deleted_at IS NULL))
               OR %3$s
            """;

    private Notices() {}

    /// Something else than the end of a run.
    ///
    /// @param fact names it: the same fact is told once
    /// @param about what a cool-down keeps apart
    /// @param data what the texts are made of
    public record News(
            TenantId tenant,
            NoticeEvent event,
            String fact,
            String about,
            Map<String, Object> data) {}

    /// The beginning of a pipeline's run.
    public static News started(Job job, Instant now) {
        String pipelineId = Objects.requireNonNullElse(job.origin().pipelineId(), job.type());
        return new News(
                job.tenant(),
                NoticeEvent.PIPELINE_STARTED,
                "run:" + job.id() + ":" + NoticeEvent.PIPELINE_STARTED.word(),
                pipelineId,
                Map.of(
                        "what", pipelineId,
                        "run_id", job.id().run().toString(),
                        "job_id", job.id().toString(),
                        "job_type", job.type(),
                        "pipeline_id", pipelineId,
                        "provider", RunNotices.provider(job.tenant(), pipelineId),
                        "status", "RUNNING",
                        "attempt", job.attempt() + 1,
                        "started_at", now.toString()));
    }

    /// Notes in the order given; locks nothing that was there before.
    public static void append(Handle handle, Collection<News> news, Instant now) {
        if (!news.isEmpty()) {
            NoticeStore.note(handle, news, now);
        }
    }
}
