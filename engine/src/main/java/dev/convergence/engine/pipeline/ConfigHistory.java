package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a config remembers of its last run, for people who look at the list of configs.
public final class ConfigHistory {

    private ConfigHistory() {}

    private static final String IS_DELETED =
            """
            SELECT EXISTS (SELECT 1 FROM pipeline_config WHERE config_id = :config AND deleted_at IS NOT NULL)
            """;

    public static boolean isDeleted(Handle handle, @Nullable ConfigId config) {
        return config != null
                && handle.createQuery(IS_DELETED)
                        .bind("config", config.value())
                        .mapTo(boolean.class)
                        .one();
    }

    private static final String RAN =
            """
            UPDATE pipeline_config SET last_run_time = :now, last_run_status = :status
            WHERE config_id = :config
            """;

    /// @param config null for runs that no config asked for
    public static void ran(Handle handle, @Nullable ConfigId config, String status, Instant now) {
        if (config != null) {
            handle.createUpdate(RAN)
                    .bind("config", config.value())
                    .bind("status", status)
                    .bind("now", now)
                    .execute();
        }
    }
}
