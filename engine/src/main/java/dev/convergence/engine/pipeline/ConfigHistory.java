package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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
    /// @param isLast whether no retry follows
    public record Ran(@Nullable ConfigId config, String status, boolean isLast) {}

    /// What a batch of runs means for one config.
    ///
    /// @param failures failed runs since the last good one of the batch
    /// @param isReset whether there was a good one
    private record Sum(String status, int failures, boolean isReset) {

        private static Sum after(@Nullable Sum before, Ran ran) {
            int failures = before == null ? 0 : before.failures;
            boolean isReset = before != null && before.isReset;
            if (!ran.isLast()) {
                return new Sum(ran.status(), failures, isReset);
            }
            return switch (ran.status()) {
                case "SUCCESS" -> new Sum(ran.status(), 0, true);
                case "FAILED" -> new Sum(ran.status(), failures + 1, isReset);
                default -> new Sum(ran.status(), failures, isReset);
            };
        }
    }

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

    // A config that failed too often is switched off here; its schedule's row follows when it comes
    // due, because that is locked before this one.
    private static final String RAN =
            """
            WITH locked AS MATERIALIZED (
                SELECT c.config_id, r.status, c.is_active,
                       CASE WHEN reset THEN 0 ELSE c.failures_in_a_row END + r.failures AS failures,
                       (c.schedule_policy ->> 'pause_after_failures')::integer AS failures_max
                FROM unnest(:configs::uuid[], :statuses::text[], :failures::integer[], :resets::boolean[])
                    AS r (config_id, status, failures, reset)
                JOIN pipeline_config c ON c.config_id = r.config_id
                ORDER BY c.config_id FOR NO KEY UPDATE OF c),
            judged AS (
                SELECT *, is_active AND failures > 0 AND failures >= failures_max AS pauses FROM locked)
            UPDATE pipeline_config c
            SET last_run_time = :now, last_run_status = j.status, failures_in_a_row = j.failures,
                is_active = j.is_active AND j.pauses IS NOT TRUE,
                halt = CASE WHEN j.pauses THEN 'FAILURES' ELSE c.halt END,
                halt_reason = CASE WHEN j.pauses THEN j.failures || ' runs failed in a row.' ELSE c.halt_reason END
            FROM judged j WHERE c.config_id = j.config_id
            """;

    /// Remembers how runs ended; of two runs of one config the later in the collection counts.
    ///
    /// Locks the configs by their ids, which is the same order for whoever comes; ids are never
    /// shared between tenants, so no order of tenants is needed on top.
    public static void ran(Handle handle, Collection<Ran> runs, Instant now) {
        Map<ConfigId, Sum> sums = new LinkedHashMap<>();
        runs.stream()
                .filter(ran -> ran.config() != null)
                .forEach(ran ->
                        sums.compute(
                                Objects.requireNonNull(ran.config()),
                                (_, before) -> Sum.after(before, ran)));
        if (sums.isEmpty()) {
            return;
        }
        handle.createUpdate(RAN)
                .bind("configs", uuids(sums.keySet()))
                .bind("statuses", sums.values().stream().map(Sum::status).toArray(String[]::new))
                .bind("failures", sums.values().stream().map(Sum::failures).toArray(Integer[]::new))
                .bind("resets", sums.values().stream().map(Sum::isReset).toArray(Boolean[]::new))
                .bind("now", now)
                .execute();
    }

    private static final String LOCK =
            "SELECT config_id FROM pipeline_config WHERE config_id = ANY(:configs) ORDER BY config_id FOR NO KEY UPDATE";

    private static final String END =
            """
            UPDATE pipeline_config c SET is_active = false, halt = 'ENDED', halt_reason = e.reason, updated_at = :now
            FROM unnest(:configs::uuid[], :reasons::text[]) AS e (config_id, reason)
            WHERE c.config_id = e.config_id
            """;

    /// Switches configs off that have come to their end, and remembers runs in the same breath: the
    /// rows of both are locked in one order.
    public static void ended(
            Handle handle, Map<ConfigId, String> reasons, Collection<Ran> runs, Instant now) {
        if (!reasons.isEmpty()) {
            Set<ConfigId> all = new HashSet<>(reasons.keySet());
            runs.forEach(ran -> all.add(Objects.requireNonNull(ran.config())));
            handle.createQuery(LOCK).bind("configs", uuids(all)).mapTo(UUID.class).list();
            handle.createUpdate(END)
                    .bind("configs", uuids(reasons.keySet()))
                    .bind("reasons", reasons.values().toArray(String[]::new))
                    .bind("now", now)
                    .execute();
        }
        ran(handle, runs, now);
    }

    private static UUID[] uuids(Collection<ConfigId> configs) {
        return configs.stream().map(ConfigId::value).toArray(UUID[]::new);
    }
}
