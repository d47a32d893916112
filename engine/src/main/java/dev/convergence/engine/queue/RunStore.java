package dev.convergence.engine.queue;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// The table `run`: how executions ended; append only.
final class RunStore {

    static final int ERROR_LENGTH_MAX = 1000;

    private RunStore() {}

    /// The end of a job, or of its wait when it was never started.
    record Ending(
            JobId job,
            TenantId tenant,
            @Nullable Long token,
            @Nullable NodeId node,
            @Nullable Instant startedAt,
            Instant finishedAt,
            Outcome outcome) {}

    private static final String INSERT =
            """
            INSERT INTO run (job_id, tenant_id, state, token, node_id, started_at, finished_at,
                             error, error_code, exit_code, artifacts, result)
            VALUES (:job, :tenant, :state, :token, :node, :startedAt, :finishedAt,
                    :error, :errorCode, :exitCode, :artifacts::jsonb, :result::jsonb)
            """;

    static void insert(Handle handle, Collection<Ending> endings) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        for (Ending ending : endings) {
            batch.bind("job", ending.job().value())
                    .bind("tenant", ending.tenant().value())
                    .bind("token", ending.token())
                    .bind("node", ending.node() == null ? null : ending.node().value())
                    .bind("startedAt", ending.startedAt())
                    .bind("finishedAt", ending.finishedAt());
            bind(batch, ending.outcome());
            batch.add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void bind(PreparedBatch batch, Outcome outcome) {
        switch (outcome) {
            case Outcome.Completed done ->
                    bind(
                            batch,
                            "COMPLETED",
                            null,
                            null,
                            done.exitCode(),
                            done.artifacts(),
                            done.result());
            case Outcome.Failed failed ->
                    bind(
                            batch,
                            "FAILED",
                            failed.error(),
                            failed.code(),
                            failed.exitCode(),
                            failed.artifacts(),
                            failed.result());
            case Outcome.Skipped skipped ->
                    bind(batch, "SKIPPED", skipped.reason(), null, null, Map.of(), Map.of());
            case Outcome.Cancelled cancelled ->
                    bind(batch, "CANCELLED", cancelled.reason(), null, null, Map.of(), Map.of());
        }
    }

    private static void bind(
            PreparedBatch batch,
            String state,
            @Nullable String error,
            @Nullable String errorCode,
            @Nullable Integer exitCode,
            Map<String, Object> artifacts,
            Map<String, Object> result) {
        batch.bind("state", state)
                .bind("error", error == null ? null : shortened(error))
                .bind("errorCode", errorCode)
                .bind("exitCode", exitCode)
                .bind("artifacts", artifacts.isEmpty() ? null : Json.write(artifacts))
                .bind("result", result.isEmpty() ? null : Json.write(result));
    }

    /// Texts come from anywhere; PostgreSQL stores no NUL.
    private static String shortened(String text) {
        String error = text.replace('\u0000', ' ');
        return error.length() <= ERROR_LENGTH_MAX
                ? error
                : error.substring(0, ERROR_LENGTH_MAX - 1) + "…";
    }
}
