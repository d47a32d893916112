package dev.convergence.steps.quality;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.Workspace;
import dev.convergence.steps.duckdb.Staging;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A run with a workspace in a folder of a test and a staging database in it.
record StagedRun(Path folder, Map<String, Object> settings, Map<String, AutoCloseable> open)
        implements StepContext, Workspace, AutoCloseable {

    StagedRun(Path folder, Map<String, Object> settings) {
        this(folder, settings, new HashMap<>());
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = Staging.of(this).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public TenantId tenant() {
        return new TenantId("acme_corp");
    }

    @Override
    public RunId run() {
        return new RunId(new UUID(0, 1));
    }

    @Override
    public String pipelineId() {
        return "acme_corp-gcp-cost-cost_billing";
    }

    @Override
    public String stepId() {
        return "check";
    }

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public String domain() {
        return "cost";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of();
    }

    @Override
    public DateWindow window() {
        return Lab.YESTERDAY;
    }

    @Override
    public Instant startedAt() {
        return Lab.NOW;
    }

    @Override
    public Optional<Map<String, Object>> credential(String provider, boolean validatedOnly) {
        return Optional.empty();
    }

    @Override
    public Workspace workspace() {
        return this;
    }

    @Override
    public Cancellation cancellation() {
        return Lab.NEVER;
    }

    @Override
    public void log(String line) {}

    @Override
    public Path directory() {
        return folder;
    }

    @Override
    public <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener) {
        return type.cast(open.computeIfAbsent(name, _ -> opened(opener)));
    }

    private static AutoCloseable opened(Opener<? extends AutoCloseable> opener) {
        try {
            return opener.open();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable thing : open.values()) {
            thing.close();
        }
    }
}
