package dev.convergence.steps.duckdb;

import dev.convergence.engine.warehouse.MetaRows;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The tables of a data set that tell its tenant what ran in it: copies of the engine's records.
enum MetaTables {
    X_META_PIPELINE_RUNS(
            """
            pipeline_logging_id VARCHAR PRIMARY KEY,
            pipeline_id VARCHAR NOT NULL,
            tenant_id VARCHAR NOT NULL,
            status VARCHAR NOT NULL,
            trigger_type VARCHAR NOT NULL,
            trigger_by VARCHAR NOT NULL,
            user_id VARCHAR,
            start_time TIMESTAMP NOT NULL,
            end_time TIMESTAMP,
            duration_ms BIGINT,
            config_version VARCHAR,
            worker_instance VARCHAR,
            error_message VARCHAR,
            run_date DATE,
            parameters JSON
            """),
    X_META_STEP_LOGS(
            """
            step_logging_id VARCHAR PRIMARY KEY,
            pipeline_logging_id VARCHAR NOT NULL,
            tenant_id VARCHAR NOT NULL,
            step_name VARCHAR NOT NULL,
            step_type VARCHAR NOT NULL,
            step_index INTEGER NOT NULL,
            status VARCHAR NOT NULL,
            start_time TIMESTAMP,
            end_time TIMESTAMP,
            duration_ms BIGINT,
            rows_processed BIGINT,
            error_message VARCHAR,
            user_id VARCHAR,
            metadata JSON
            """),
    X_META_DQ_RESULTS(
            """
            dq_result_id VARCHAR PRIMARY KEY,
            pipeline_logging_id VARCHAR NOT NULL,
            tenant_id VARCHAR NOT NULL,
            target_table VARCHAR NOT NULL,
            dq_config_id VARCHAR NOT NULL,
            executed_at TIMESTAMP NOT NULL,
            expectations_passed INTEGER NOT NULL,
            expectations_failed INTEGER NOT NULL,
            failed_expectations JSON,
            overall_status VARCHAR NOT NULL,
            user_id VARCHAR,
            ingestion_date DATE NOT NULL
            """);

    private final String columns;
    private final List<String> names;

    MetaTables(String columns) {
        this.columns = columns;
        this.names = columns.lines().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    void create(Session tenant) throws SQLException {
        tenant.execute("CREATE TABLE IF NOT EXISTS tenant.%s (%s)".formatted(table(), columns));
    }

    static void record(Session tenant, MetaRows rows) throws SQLException {
        X_META_PIPELINE_RUNS.upsert(tenant, rows.runs());
        X_META_STEP_LOGS.upsert(tenant, rows.steps());
        X_META_DQ_RESULTS.upsert(tenant, rows.checks());
    }

    private void upsert(Session tenant, List<Map<String, @Nullable Object>> rows)
            throws SQLException {
        String sql =
                "INSERT OR REPLACE INTO tenant.%s (%s) VALUES (%s)"
                        .formatted(
                                table(),
                                String.join(", ", names),
                                String.join(", ", Collections.nCopies(names.size(), "?")));
        for (Map<String, @Nullable Object> row : lastOfEach(rows)) {
            tenant.execute(sql, names.stream().map(name -> stored(row.get(name))).toArray());
        }
    }

    /// One statement must not write a key twice in a transaction.
    private List<Map<String, @Nullable Object>> lastOfEach(
            List<Map<String, @Nullable Object>> rows) {
        return List.copyOf(
                rows.stream()
                        .collect(
                                Collectors.toMap(
                                        row -> String.valueOf(row.get(names.getFirst())),
                                        row -> row,
                                        (_, later) -> later,
                                        LinkedHashMap::new))
                        .values());
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return value instanceof Instant instant
                ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                : value;
    }
}
