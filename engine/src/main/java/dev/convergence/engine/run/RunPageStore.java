package dev.convergence.engine.run;

import dev.convergence.engine.job.BacklogStore;
import dev.convergence.engine.job.NewestJobStore;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/// Finds the ids of a page of pipeline runs in one state, each kind in a way of its own.
final class RunPageStore {

    private static final UUID NO_FLOOR = new UUID(-1, -1);

    private RunPageStore() {}

    static List<UUID> ids(Handle handle, RunFilter filter) {
        return switch (filter.state()) {
            case null -> any(handle, filter);
            case "RUNNING" -> running(handle, filter);
            case "SCHEDULED" -> waiting(handle, filter, " AND j.slot_at IS NOT NULL");
            case "PENDING" -> waiting(handle, filter, " AND j.slot_at IS NULL");
            case "COMPLETED" -> completed(handle, filter);
            case String state -> endedOtherwise(handle, filter, state);
        };
    }

    private static final String ANY =
            """
            SELECT j.job_id FROM job j WHERE j.pipeline_id IS NOT NULL%s
            ORDER BY j.job_id DESC LIMIT :limit OFFSET :offset
            """;

    // Of one day long ago, all that was made since would be looked at in the order of the page.
    private static final String ANY_OF_DAY =
            """
            SELECT job_id FROM (SELECT j.job_id FROM job j WHERE j.pipeline_id IS NOT NULL%s OFFSET 0) AS j
            ORDER BY job_id DESC LIMIT :limit OFFSET :offset
            """;

    private static List<UUID> any(Handle handle, RunFilter filter) {
        boolean isOfDay = filter.scheduledOn() != null && filter.tenant() == null;
        String sql = isOfDay ? ANY_OF_DAY : ANY;
        return page(handle, filter, sql.formatted(RunConditions.of(filter, "j.")));
    }

    // In order before any job is looked up, so that only those of the page are.
    private static final String RUNNING =
            """
            SELECT l.job_id FROM (SELECT job_id FROM lease WHERE %s ORDER BY job_id DESC) AS l
            JOIN job j ON j.job_id = l.job_id
            WHERE j.pipeline_id IS NOT NULL%s
            LIMIT :limit OFFSET :offset
            """;

    private static List<UUID> running(Handle handle, RunFilter filter) {
        String sql = RUNNING.formatted(ofTenant(filter, ""), RunConditions.of(filter, "j."));
        return page(handle, filter, sql);
    }

    private static final String ENDED =
            """
            SELECT r.job_id FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE %s AND r.state <> 'COMPLETED' AND r.state = '%s' AND j.pipeline_id IS NOT NULL%s%s
            ORDER BY r.job_id DESC LIMIT :limit OFFSET :offset
            """;

    private static List<UUID> endedOtherwise(Handle handle, RunFilter filter, String state) {
        String before = filter.before() == null ? "" : " AND r.job_id < :before";
        String sql =
                ENDED.formatted(
                        ofTenant(filter, "r."), state, RunConditions.of(filter, "j."), before);
        return page(handle, filter, sql);
    }

    private static List<UUID> page(Handle handle, RunFilter filter, String sql) {
        return RunConditions.bind(handle.createQuery(sql), filter)
                .bind("limit", filter.limit())
                .bind("offset", filter.offset())
                .mapTo(UUID.class)
                .list();
    }

    private static final String COMPLETED =
            """
            SELECT r.job_id FROM run r JOIN job j ON j.job_id = r.job_id
            WHERE %s AND r.state = 'COMPLETED' AND r.job_id < :floor AND j.pipeline_id IS NOT NULL%s
            ORDER BY r.job_id DESC LIMIT :limit OFFSET :offset
            """;

    private static List<UUID> completed(Handle handle, RunFilter filter) {
        String sql = COMPLETED.formatted(ofTenant(filter, "r."), RunConditions.of(filter, "j."));
        return newest(
                handle,
                filter,
                "COALESCE(r.state = 'COMPLETED', false)",
                "",
                (floor, missing) -> below(handle, filter, sql, floor, missing));
    }

    private static final String WAITING =
            """
            SELECT j.job_id FROM job j
            WHERE j.pipeline_id IS NOT NULL%s AND j.job_id < :floor
              AND j.job_id IN (SELECT job_id FROM (%s) AS live WHERE %s%s)
            ORDER BY j.job_id DESC LIMIT :limit
            """;

    private static List<UUID> waiting(Handle handle, RunFilter filter, String which) {
        return newest(
                handle,
                filter,
                NewestJobStore.WAITS,
                which,
                (floor, missing) -> waiting(handle, filter, which, floor, missing));
    }

    private static List<UUID> waiting(
            Handle handle, RunFilter filter, String which, UUID floor, int missing) {
        int last = missing + filter.offset();
        return BacklogStore.joined(
                        handle,
                        filter.tenant(),
                        last,
                        part -> waiting(handle, filter, which, floor, last, part))
                .stream()
                .skip(filter.offset())
                .limit(missing)
                .toList();
    }

    private static List<UUID> waiting(
            Handle handle,
            RunFilter filter,
            String which,
            UUID floor,
            int limit,
            BacklogStore.Part part) {
        String sql =
                WAITING.formatted(
                        which + RunConditions.of(filter, "j.") + part.of("j"),
                        RunCountStore.WAITING,
                        ofTenant(filter, ""),
                        part.of("live"));
        return part.bind(RunConditions.bind(handle.createQuery(sql), filter))
                .bind("floor", floor)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list();
    }

    /// What fills the page is nearly always among the newest. Whoever passes over many asks for all
    /// at once.
    private static List<UUID> newest(
            Handle handle,
            RunFilter filter,
            String where,
            String which,
            BiFunction<UUID, Integer, List<UUID>> below) {
        if (filter.offset() > 0) {
            return below.apply(NO_FLOOR, filter.limit());
        }
        String among = "j.pipeline_id IS NOT NULL" + which + RunConditions.of(filter, "j.");
        return NewestJobStore.newest(
                        handle,
                        where,
                        among,
                        query -> RunConditions.bind(query, filter),
                        filter.limit())
                .filled(filter.limit(), below);
    }

    private static List<UUID> below(
            Handle handle, RunFilter filter, String sql, UUID floor, int limit) {
        return RunConditions.bind(handle.createQuery(sql), filter)
                .bind("floor", floor)
                .bind("limit", limit)
                .bind("offset", filter.offset())
                .mapTo(UUID.class)
                .list();
    }

    private static String ofTenant(RunFilter filter, String row) {
        return filter.tenant() == null ? "true" : row + "tenant_id = :tenant";
    }
}
