package dev.convergence.engine.run;

import dev.convergence.engine.event.EngineEvent.QualityChecked;
import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.step.QualityCheck;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The steps of runs and the quality results that they found.
///
/// Writing carries the attempt's token: an attempt that was taken over leaves no trace after that.
public final class StepRecords {

    private final Database database;
    private final Events events;

    /// For whoever only reads.
    public StepRecords(Database database) {
        this(database, new Events(EngineListener.NOBODY));
    }

    public StepRecords(Database database, Events events) {
        this.database = database;
        this.events = events;
    }

    private static final String IS_LIVE =
            "SELECT EXISTS (SELECT 1 FROM lease WHERE job_id = :job AND token = :token)";

    /// Whether an attempt is still the one that may write.
    public boolean isLive(JobId job, long token) {
        return database.read(handle ->
                handle.createQuery(IS_LIVE)
                        .bind("job", job.value())
                        .bind("token", token)
                        .mapTo(boolean.class)
                        .one());
    }

    private static final String WRITE =
            """
            WITH live AS MATERIALIZED (
                SELECT 1 FROM lease WHERE job_id = :job AND token = :token FOR KEY SHARE)
            INSERT INTO step_log (step_log_id, tenant_id, job_id, step_id, step_type, step_index, state,
                                  started_at, finished_at, rows_read, rows_written, bytes_read, error, metadata)
            SELECT :id, :tenant, :job, :stepId, :stepType, :index, :state,
                   :startedAt, :finishedAt, :rowsRead, :rowsWritten, :bytesRead, :error, :metadata::jsonb
            WHERE EXISTS (SELECT 1 FROM live)
            ON CONFLICT (job_id, step_id) DO UPDATE
            SET state = excluded.state, started_at = excluded.started_at, finished_at = excluded.finished_at,
                rows_read = excluded.rows_read, rows_written = excluded.rows_written,
                bytes_read = excluded.bytes_read, error = excluded.error, metadata = excluded.metadata
            """;

    /// Writes a step's record, or its newest state.
    public void write(
            TenantId tenant,
            JobId job,
            long token,
            StepRecord step,
            List<QualityCheck> checks,
            Instant now) {
        boolean isWritten =
                database.inTransaction(handle -> {
                    boolean isLive = writeStep(handle, tenant, job, token, step, now);
                    if (isLive) {
                        writeChecks(handle, tenant, job, step.stepId(), checks, now);
                    }
                    return isLive;
                });
        if (isWritten && !checks.isEmpty()) {
            int passed = (int) checks.stream().filter(QualityCheck::passed).count();
            events.publish(new QualityChecked(tenant, job, passed, checks.size() - passed));
        }
    }

    private static boolean writeStep(
            Handle handle, TenantId tenant, JobId job, long token, StepRecord step, Instant now) {
        return handle.createUpdate(WRITE)
                        .bind("id", TimeOrderedId.next(now))
                        .bind("tenant", tenant.value())
                        .bind("job", job.value())
                        .bind("token", token)
                        .bind("stepId", step.stepId())
                        .bind("stepType", step.stepType())
                        .bind("index", step.index())
                        .bind("state", step.state())
                        .bind("startedAt", step.startedAt())
                        .bind("finishedAt", step.finishedAt())
                        .bind("rowsRead", step.rowsRead())
                        .bind("rowsWritten", step.rowsWritten())
                        .bind("bytesRead", step.bytesRead())
                        .bind("error", step.error())
                        .bind("metadata", Json.write(step.metadata()))
                        .execute()
                == 1;
    }

    private static final String WRITE_CHECK =
            """
            INSERT INTO quality_result (quality_result_id, tenant_id, job_id, step_id, suite, rule, kind,
                target_table, target_column, severity, passed, rows_checked, rows_failed, actual, expected,
                failing_keys, checked_at)
            VALUES (:id, :tenant, :job, :stepId, :suite, :rule, :kind, :table, :column, :severity, :passed,
                :rowsChecked, :rowsFailed, :actual, :expected, :failingKeys::jsonb, :now)
            """;

    private static void writeChecks(
            Handle handle,
            TenantId tenant,
            JobId job,
            String stepId,
            List<QualityCheck> checks,
            Instant now) {
        PreparedBatch batch = handle.prepareBatch(WRITE_CHECK);
        for (QualityCheck check : checks) {
            batch.bind("id", TimeOrderedId.next(now))
                    .bind("tenant", tenant.value())
                    .bind("job", job.value())
                    .bind("stepId", stepId)
                    .bind("suite", check.suite())
                    .bind("rule", check.rule())
                    .bind("kind", check.kind())
                    .bind("table", check.table())
                    .bind("column", check.column())
                    .bind("severity", check.severity().name())
                    .bind("passed", check.passed())
                    .bind("rowsChecked", check.rowsChecked())
                    .bind("rowsFailed", check.rowsFailed())
                    .bind("actual", check.actual())
                    .bind("expected", check.expected())
                    .bind("failingKeys", Json.write(check.failingKeys()))
                    .bind("now", now)
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static final String OF_RUN =
            """
            SELECT step_id, step_type, step_index, state, started_at, finished_at, rows_read, rows_written,
                   bytes_read, error, metadata
            FROM step_log WHERE job_id = :job AND tenant_id = :tenant ORDER BY step_index
            """;

    public List<StepRecord> ofRun(TenantId tenant, JobId job) {
        return database.read(handle ->
                handle.createQuery(OF_RUN)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .map((row, _) -> step(row))
                        .list());
    }

    private static final String CHECKS_OF_RUN =
            """
            SELECT suite, rule, kind, target_table, target_column, severity, passed, rows_checked, rows_failed,
                   actual, expected, failing_keys
            FROM quality_result WHERE job_id = :job AND tenant_id = :tenant ORDER BY quality_result_id
            """;

    public List<QualityCheck> checksOfRun(TenantId tenant, JobId job) {
        return database.read(handle ->
                handle.createQuery(CHECKS_OF_RUN)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .map((row, _) -> check(row))
                        .list());
    }

    /// The quality results of one run in the shape of `x_meta_dq_results`: a row for each suite and
    /// table.
    public List<Map<String, @Nullable Object>> checksBySuite(TenantId tenant, JobId job) {
        return database.read(handle -> new RunRecords().checks(handle, tenant, job));
    }

    private static StepRecord step(ResultSet row) throws SQLException {
        return new StepRecord(
                row.getString("step_id"),
                row.getString("step_type"),
                row.getInt("step_index"),
                row.getString("state"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                instant(row, "finished_at"),
                row.getLong("rows_read"),
                row.getLong("rows_written"),
                row.getLong("bytes_read"),
                row.getString("error"),
                metadata(row));
    }

    private static Map<String, Object> metadata(ResultSet row) throws SQLException {
        return Json.object(row.getString("metadata"));
    }

    private static QualityCheck check(ResultSet row) throws SQLException {
        return new QualityCheck(
                row.getString("suite"),
                row.getString("rule"),
                row.getString("kind"),
                row.getString("target_table"),
                row.getString("target_column"),
                QualityCheck.Severity.valueOf(row.getString("severity")),
                row.getBoolean("passed"),
                row.getLong("rows_checked"),
                row.getLong("rows_failed"),
                row.getString("actual"),
                row.getString("expected"),
                Json.list(row.getString("failing_keys")).stream().map(String::valueOf).toList());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
