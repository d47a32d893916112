package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a config remembers of its last run, for people who look at the list of configs.
public final class ConfigHistory {

    private ConfigHistory() {}

    /// How a run of a config ended.
    ///
    /// @param config null for runs that no config asked for
    public record Ran(@Nullable ConfigId config, String status) {}

    private static final String DELETED =
            """
            SELECT config_id FROM pipeline_config
            WHERE config_id = ANY(:configs) AND deleted_at IS NOT NULL
            """;

    /// Those of the configs that are deleted; locks nothing.
    public static Set<ConfigId> deleted(Handle handle, Collection<ConfigId> configs) {
        return configs.isEmpty()
                ? Set.of()
                : handle.createQuery(DELETED)
                        .bind("configs", uuids(configs))
                        .mapTo(UUID.class)
                        .map(ConfigId::new)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static final String RAN =
            """
            WITH locked AS MATERIALIZED (
                SELECT c.config_id, r.status
                FROM unnest(:configs::uuid[], :statuses::text[]) AS r (config_id, status)
                JOIN pipeline_config c ON c.config_id = r.config_id
                ORDER BY c.config_id FOR NO KEY UPDATE OF c)
            UPDATE pipeline_config c SET last_run_time = :now, last_run_status = l.status
            FROM locked l WHERE c.config_id = l.config_id
            """;

    /// Remembers how runs ended; of two runs of one config the later in the collection counts.
    ///
    /// Locks the configs by their ids, which is the same order for whoever comes; ids are never
    /// shared between tenants, so no order of tenants is needed on top.
    public static void ran(Handle handle, Collection<Ran> runs, Instant now) {
        Map<ConfigId, String> last = new LinkedHashMap<>();
        runs.stream()
                .filter(ran -> ran.config() != null)
                .forEach(ran -> last.put(Objects.requireNonNull(ran.config()), ran.status()));
        if (last.isEmpty()) {
            return;
        }
        handle.createUpdate(RAN)
                .bind("configs", uuids(last.keySet()))
                .bind("statuses", last.values().toArray(String[]::new))
                .bind("now", now)
                .execute();
    }

    private static UUID[] uuids(Collection<ConfigId> configs) {
        return configs.stream().map(ConfigId::value).toArray(UUID[]::new);
    }
}
