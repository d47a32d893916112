package dev.convergence.engine.run;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.warehouse.MetaRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The records of ended runs in the shape of a data set's `x_meta_*` tables.
public final class RunRecords {

    private static final String RUNS =
            """
            SELECT run_id::text AS pipeline_logging_id, pipeline_id, tenant_id, state AS status, trigger_type,
                   trigger_by, user_id, COALESCE(started_at, created_at) AS start_time, finished_at AS end_time,
                   round(1000 * extract(epoch FROM finished_at - started_at))::bigint AS duration_ms,
                   result ->> 'config_version' AS config_version, node_id::text AS worker_instance,
                   error AS error_message,
                   COALESCE(
                       (SELECT day::date FROM unnest(ARRAY[parameters ->> 'date', parameters ->> 'start_date',
                            parameters ->> 'end_date']) WITH ORDINALITY AS asked(day, place)
                        WHERE day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND pg_input_is_valid(day, 'date')
                        ORDER BY place LIMIT 1),
                       (COALESCE(slot_at, uuid_extract_timestamp(root_id), created_at) AT TIME ZONE 'UTC')::date - 1) AS run_date,
                   parameters::text AS parameters
            FROM pipeline_run WHERE tenant_id = :tenant AND job_id = ANY(:jobs) AND finished_at IS NOT NULL
            """;

    private static final String STEPS =
            """
            SELECT s.step_log_id::text AS step_logging_id, p.run_id::text AS pipeline_logging_id, s.tenant_id,
                   s.step_id AS step_name, s.step_type, s.step_index, s.state AS status,
                   s.started_at AS start_time, s.finished_at AS end_time,
                   round(1000 * extract(epoch FROM s.finished_at - s.started_at))::bigint AS duration_ms,
                   GREATEST(s.rows_read, s.rows_written) AS rows_processed, s.error AS error_message, p.user_id,
                   s.metadata::text AS metadata
            FROM step_log s JOIN pipeline_run p ON p.job_id = s.job_id
            WHERE s.tenant_id = :tenant AND s.job_id = ANY(:jobs)
            """;

    private static final String CHECKS =
            """
            SELECT min(q.quality_result_id::text) AS dq_result_id, p.run_id::text AS pipeline_logging_id, q.tenant_id,
                   q.target_table, q.suite AS dq_config_id, max(q.checked_at) AS executed_at,
                   count(*) FILTER (WHERE q.passed) AS expectations_passed,
                   count(*) FILTER (WHERE NOT q.passed) AS expectations_failed,
                   COALESCE(json_agg(json_build_object('expectation', q.rule, 'kind', q.kind, 'column', q.target_column,
                       'observed', q.actual, 'expected', q.expected, 'rows_failed', q.rows_failed))
                       FILTER (WHERE NOT q.passed), '[]')::text AS failed_expectations,
                   CASE WHEN bool_and(q.passed) THEN 'PASS'
                        WHEN bool_or(NOT q.passed AND q.severity = 'CRITICAL') OR NOT bool_or(q.passed) THEN 'FAIL'
                        ELSE 'WARNING' END AS overall_status,
                   p.user_id, (max(q.checked_at) AT TIME ZONE 'UTC')::date AS ingestion_date
            FROM quality_result q JOIN pipeline_run p ON p.job_id = q.job_id
            WHERE q.tenant_id = :tenant AND q.job_id = ANY(:jobs)
            GROUP BY p.run_id, q.tenant_id, q.target_table, q.suite, p.user_id
            """;

    public MetaRows of(Handle handle, TenantId tenant, Collection<JobId> jobs) {
        return new MetaRows(
                rows(handle, RUNS, tenant, jobs),
                rows(handle, STEPS, tenant, jobs),
                rows(handle, CHECKS, tenant, jobs));
    }

    /// The quality results of one run, one row for each suite and table.
    public List<Map<String, @Nullable Object>> checks(Handle handle, TenantId tenant, JobId job) {
        return rows(handle, CHECKS, tenant, List.of(job));
    }

    private static List<Map<String, @Nullable Object>> rows(
            Handle handle, String sql, TenantId tenant, Collection<JobId> jobs) {
        return handle.createQuery(sql)
                .bind("tenant", tenant.value())
                .bind("jobs", jobs.stream().map(JobId::value).toArray(UUID[]::new))
                .map((row, _) -> row(row))
                .list();
    }

    private static Map<String, @Nullable Object> row(ResultSet row) throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.put(row.getMetaData().getColumnLabel(i), value(row, i));
        }
        return values;
    }

    private static @Nullable Object value(ResultSet row, int column) throws SQLException {
        return switch (row.getMetaData().getColumnTypeName(column)) {
            case "timestamptz" -> {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.toInstant();
            }
            case "date" -> row.getObject(column, LocalDate.class);
            default -> row.getObject(column);
        };
    }
}
