package dev.convergence.engine.warehouse;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows for the `x_meta_*` tables of a data set, each a map from column name to value.
///
/// Values are text, Long, Integer, Boolean, Instant, LocalDate, or null; JSON comes as text. The
/// keys that make a row unique are `pipeline_logging_id`, `step_logging_id` and `dq_result_id`.
///
/// @param runs `x_meta_pipeline_runs`: pipeline_logging_id, pipeline_id, tenant_id, status,
///   trigger_type, trigger_by, user_id, start_time, end_time, duration_ms, config_version,
///   worker_instance, error_message, run_date, parameters
/// @param steps `x_meta_step_logs`: step_logging_id, pipeline_logging_id, tenant_id, step_name,
///   step_type, step_index, status, start_time, end_time, duration_ms, rows_processed,
///   error_message, user_id, metadata
/// @param checks `x_meta_dq_results`: dq_result_id, pipeline_logging_id, tenant_id, target_table,
///   dq_config_id, executed_at, expectations_passed, expectations_failed, failed_expectations,
///   overall_status, user_id, ingestion_date
public record MetaRows(
        List<Map<String, @Nullable Object>> runs,
        List<Map<String, @Nullable Object>> steps,
        List<Map<String, @Nullable Object>> checks) {}
