package dev.convergence.engine.run;

import dev.convergence.engine.id.TimeOrderedId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Reads the first rows of the view `pipeline_execution_stats_7d`, in the order of the tenants.
///
/// The view looks at the parameters of all jobs of a week for the names of their templates. Here
/// runs are added up by the ids of their pipelines, which an index has, and only what is shown is
/// looked up.
final class WeekStatsStore {

    private static final Duration WEEK = Duration.ofDays(7);

    private WeekStatsStore() {}

    // Nearly all of a week is wanted: look-ups take longer, whatever the planner thinks.
    private static final String WHOLE =
            """
            SET LOCAL enable_nestloop = off;
            SET LOCAL work_mem = '32MB';
            SET LOCAL plan_cache_mode = force_custom_plan;
            SET LOCAL jit = off
            """;

    // Microseconds as whole numbers add up faster than decimals. A template's pipelines of several
    // providers are one row.
    private static final String ROWS =
            """
            WITH week AS MATERIALIZED (
                SELECT tenant_id, pipeline_id, count(*) AS total,
                       count(*) FILTER (WHERE state = 'COMPLETED') AS completed,
                       count(*) FILTER (WHERE state = 'FAILED') AS failed,
                       count(*) FILTER (WHERE state = 'SKIPPED') AS skipped,
                       count(took) AS timed, sum((date_part('epoch', took) * 1000000)::bigint) AS micros,
                       max(took) AS longest, min(took) AS shortest
                FROM (SELECT j.tenant_id, j.pipeline_id, r.state, r.finished_at - r.started_at AS took
                      FROM job j LEFT JOIN run r ON r.job_id = j.job_id AND r.job_id >= :from
                      WHERE j.pipeline_id IS NOT NULL AND j.job_id >= :from) AS made
                GROUP BY tenant_id, pipeline_id),
            shown AS MATERIALIZED (
                SELECT week.*, (SELECT j.params ->> 'template_name' FROM job j
                                WHERE j.tenant_id = week.tenant_id AND j.pipeline_id = week.pipeline_id
                                  AND j.job_id >= :from ORDER BY j.job_id DESC LIMIT 1) AS pipeline_template
                FROM week
                WHERE tenant_id IN (SELECT DISTINCT tenant_id FROM week ORDER BY tenant_id LIMIT :limit))
            SELECT tenant_id, pipeline_template, sum(total)::bigint AS total_runs,
                   sum(completed)::bigint AS successful_runs, sum(failed)::bigint AS failed_runs,
                   sum(skipped)::bigint AS skipped_runs,
                   sum(micros) / 1000000.0 / NULLIF(sum(timed), 0) AS avg_duration_seconds,
                   extract(epoch FROM max(longest)) AS max_duration_seconds,
                   extract(epoch FROM min(shortest)) AS min_duration_seconds,
                   round(100.0 * sum(completed) / NULLIF(sum(completed) + sum(failed), 0), 2) AS success_rate_percent
            FROM shown GROUP BY tenant_id, pipeline_template
            ORDER BY tenant_id, pipeline_template LIMIT :limit
            """;

    static List<Map<String, Object>> rows(Handle handle, int limit, Instant now) {
        handle.execute(WHOLE);
        return handle.createQuery(ROWS)
                .bind("from", TimeOrderedId.floor(now.minus(WEEK)))
                .bind("limit", limit)
                .mapToMap()
                .list();
    }
}
