package dev.convergence.engine.queue;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.notification.Notices;
import dev.convergence.engine.queue.DueJobs.Skipped;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Happenings;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tables `job` and `run`, for jobs that begin and end in one moment: due, and skipped.
final class SkippedStore {

    private SkippedStore() {}

    // First attempts of no user, and without a ticket: the columns that stay empty are not named.
    private static final String INSERT =
            """
            WITH skipped AS MATERIALIZED (
                SELECT * FROM unnest(:jobs::uuid[], :tenants::text[], :types::text[], :params::jsonb[],
                        :priorities::integer[], :retriesMax::integer[], :policies::jsonb[], :pools::text[],
                        :pipelines::text[], :configs::uuid[], :slots::timestamptz[], :triggers::text[],
                        :triggerBys::text[], :keys::text[], :reasons::text[])
                    AS s (job_id, tenant_id, job_type, params, priority, max_retries, retry_policy, pool,
                          pipeline_id, config_id, slot_at, trigger_type, trigger_by, flight_key, reason)),
            jobs AS (
                INSERT INTO job (job_id, tenant_id, job_type, params, priority, max_retries, retry_policy, pool,
                                 pipeline_id, config_id, slot_at, trigger_type, trigger_by, flight_key)
                SELECT job_id, tenant_id, job_type, params, priority, max_retries, retry_policy, pool,
                       pipeline_id, config_id, slot_at, trigger_type, trigger_by, flight_key
                FROM skipped),
            noted AS (
                %s),
            noticed AS (
                %s)
            INSERT INTO run (job_id, tenant_id, state, finished_at, error)
            SELECT job_id, tenant_id, 'SKIPPED', :now, reason FROM skipped
            """
                    .formatted(
                            Happenings.NOTE_RUNS.formatted("skipped"),
                            Notices.NOTE_RUNS.formatted("skipped", "'SKIPPED'", "false"));

    static void insert(Handle handle, Collection<Skipped> skipped, Instant now) {
        handle.createUpdate(INSERT)
                .bind("jobs", ids(skipped, job -> job.id().value()))
                .bind("tenants", texts(skipped, job -> job.tenant().value()))
                .bind("types", texts(skipped, Job::type))
                .bind("params", texts(skipped, job -> Json.write(job.params())))
                .bind("priorities", numbers(skipped, Job::priority))
                .bind("retriesMax", numbers(skipped, job -> job.retry().retriesMax()))
                .bind("policies", texts(skipped, job -> PolicyTexts.text(job.retry())))
                .bind("pools", texts(skipped, Job::pool))
                .bind("pipelines", texts(skipped, job -> job.origin().pipelineId()))
                .bind("configs", ids(skipped, SkippedStore::config))
                .bind("slots", texts(skipped, job -> String.valueOf(job.origin().slotAt())))
                .bind("triggers", texts(skipped, job -> job.origin().trigger().word()))
                .bind("triggerBys", texts(skipped, job -> job.origin().triggerBy()))
                .bind("keys", texts(skipped, job -> job.origin().flightKey()))
                .bind("reasons", skipped.stream().map(Skipped::reason).toArray(String[]::new))
                .bind("now", now)
                .execute();
    }

    private static UUID config(Job job) {
        Origin origin = job.origin();
        return Objects.requireNonNull(origin.config()).value();
    }

    private static UUID[] ids(Collection<Skipped> skipped, Function<Job, UUID> column) {
        return skipped.stream().map(one -> column.apply(one.job())).toArray(UUID[]::new);
    }

    private static String[] texts(
            Collection<Skipped> skipped, Function<Job, @Nullable String> column) {
        return skipped.stream().map(one -> column.apply(one.job())).toArray(String[]::new);
    }

    private static Integer[] numbers(Collection<Skipped> skipped, Function<Job, Integer> column) {
        return skipped.stream().map(one -> column.apply(one.job())).toArray(Integer[]::new);
    }
}
