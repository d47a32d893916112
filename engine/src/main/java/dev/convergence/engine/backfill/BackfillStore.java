package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `backfill`.
final class BackfillStore {

    private BackfillStore() {}

    private static final String INSERT =
            """
            INSERT INTO backfill (backfill_id, tenant_id, config_id, start_date, end_date, mode, direction,
                max_concurrent, carries_date, days_back, state, total, waiting, look_at, created_by,
                created_at, updated_at, ended_at)
            VALUES (:id, :tenant, :config, :start, :end, :mode, :direction, :concurrentMax, :carriesDate,
                :daysBack, :state, :total, :total, :lookAt, :createdBy, :now, :now, :endedAt)
            """;

    /// A backfill without instants is over at once.
    static void insert(Handle handle, Backfill backfill) {
        Request request = backfill.request();
        handle.createUpdate(INSERT)
                .bind("id", backfill.id().value())
                .bind("tenant", backfill.tenant().value())
                .bind("config", backfill.config().value())
                .bind("start", request.start())
                .bind("end", request.end())
                .bind("mode", request.mode().name())
                .bind("direction", request.direction().name())
                .bind("concurrentMax", request.concurrentMax())
                .bind("carriesDate", request.carriesDate())
                .bind("daysBack", request.daysBack())
                .bind("state", backfill.state().name())
                .bind("total", backfill.counts().total())
                .bind("lookAt", backfill.state().isOver() ? null : backfill.createdAt())
                .bind("createdBy", backfill.createdBy())
                .bind("now", backfill.createdAt())
                .bind("endedAt", backfill.endedAt())
                .execute();
    }

    private static final String SELECT =
            """
            SELECT backfill_id, tenant_id, config_id, start_date, end_date, mode, direction, max_concurrent,
                   carries_date, days_back, state, total, waiting, live, completed, failed, skipped,
                   cancelled, left_out, waits_for, waits_because, end_reason, created_by, created_at,
                   updated_at, ended_at
            FROM backfill
            """;

    private static final String FIND = SELECT + " WHERE backfill_id = :id AND tenant_id = :tenant";

    static Optional<Backfill> find(Handle handle, TenantId tenant, BackfillId id) {
        return find(handle, FIND, tenant, id);
    }

    static Optional<Backfill> lock(Handle handle, TenantId tenant, BackfillId id) {
        return find(handle, FIND + " FOR NO KEY UPDATE", tenant, id);
    }

    private static final String TRY_LOCK = FIND + " FOR NO KEY UPDATE SKIP LOCKED";

    /// Empty when another node is at it, or somebody changes it.
    static Optional<Backfill> tryLock(Handle handle, TenantId tenant, BackfillId id) {
        return find(handle, TRY_LOCK, tenant, id);
    }

    private static Optional<Backfill> find(
            Handle handle, String sql, TenantId tenant, BackfillId id) {
        return handle.createQuery(sql)
                .bind("id", id.value())
                .bind("tenant", tenant.value())
                .map((row, _) -> backfill(row))
                .findOne();
    }

    private static final String LIST =
            SELECT
                    + """
                     WHERE tenant_id = :tenant
                       AND (:config::uuid IS NULL OR config_id = :config)
                       AND (:state::text IS NULL OR state = :state)
                       AND (:before::uuid IS NULL OR backfill_id < :before)
                     ORDER BY backfill_id DESC LIMIT :limit
                    """;

    /// Newest first; the ids are ordered by time.
    static List<Backfill> list(
            Handle handle,
            TenantId tenant,
            @Nullable ConfigId config,
            @Nullable State state,
            @Nullable BackfillId before,
            int limit) {
        return handle.createQuery(LIST)
                .bind("tenant", tenant.value())
                .bind("config", config == null ? null : config.value())
                .bind("state", state == null ? null : state.name())
                .bind("before", before == null ? null : before.value())
                .bind("limit", limit)
                .map((row, _) -> backfill(row))
                .list();
    }

    private static final String UNFINISHED =
            "SELECT count(*) FROM backfill WHERE tenant_id = :tenant AND state IN ('RUNNING', 'PAUSED')";

    static int unfinished(Handle handle, TenantId tenant) {
        return handle.createQuery(UNFINISHED).bind("tenant", tenant.value()).mapTo(int.class).one();
    }

    private static final String LIVE =
            "SELECT COALESCE(sum(live), 0) FROM backfill WHERE tenant_id = :tenant AND live > 0";

    /// How many runs of all backfills of a tenant are live.
    static int live(Handle handle, TenantId tenant) {
        return handle.createQuery(LIVE).bind("tenant", tenant.value()).mapTo(int.class).one();
    }

    private static final String DUE = SELECT + " WHERE look_at <= :now ORDER BY look_at LIMIT 20";

    /// Those that are to be looked at; locks nothing.
    static List<Backfill> due(Handle handle, Instant now) {
        return handle.createQuery(DUE).bind("now", now).map((row, _) -> backfill(row)).list();
    }

    private static final String SAVE =
            """
            UPDATE backfill
            SET state = :state, waiting = :waiting, live = :live, completed = :completed, failed = :failed,
                skipped = :skipped, cancelled = :cancelled, left_out = :leftOut, waits_for = :waitsFor,
                waits_because = :waitsBecause, end_reason = :endReason, updated_at = :updatedAt,
                ended_at = :endedAt, look_at = :lookAt
            WHERE backfill_id = :id
            """;

    /// @param lookAt when to look again; null for never
    static void save(Handle handle, Backfill backfill, @Nullable Instant lookAt) {
        Counts counts = backfill.counts();
        Obstacle obstacle = backfill.obstacle();
        handle.createUpdate(SAVE)
                .bind("id", backfill.id().value())
                .bind("state", backfill.state().name())
                .bind("waiting", counts.waiting())
                .bind("live", counts.live())
                .bind("completed", counts.completed())
                .bind("failed", counts.failed())
                .bind("skipped", counts.skipped())
                .bind("cancelled", counts.cancelled())
                .bind("leftOut", counts.leftOut())
                .bind("waitsFor", obstacle == null ? null : obstacle.cause().name())
                .bind("waitsBecause", obstacle == null ? null : obstacle.because())
                .bind("endReason", backfill.endReason())
                .bind("updatedAt", backfill.updatedAt())
                .bind("endedAt", backfill.endedAt())
                .bind("lookAt", lookAt)
                .execute();
    }

    private static Backfill backfill(ResultSet row) throws SQLException {
        return new Backfill(
                new BackfillId(row.getObject("backfill_id", UUID.class)),
                new TenantId(row.getString("tenant_id")),
                new ConfigId(row.getObject("config_id", UUID.class)),
                request(row),
                State.valueOf(row.getString("state")),
                counts(row),
                obstacle(row),
                row.getString("end_reason"),
                row.getString("created_by"),
                Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(instant(row, "updated_at")),
                instant(row, "ended_at"));
    }

    private static Request request(ResultSet row) throws SQLException {
        return new Request(
                row.getObject("start_date", LocalDate.class),
                row.getObject("end_date", LocalDate.class),
                Mode.valueOf(row.getString("mode")),
                Direction.valueOf(row.getString("direction")),
                row.getInt("max_concurrent"),
                row.getBoolean("carries_date"),
                row.getInt("days_back"));
    }

    private static Counts counts(ResultSet row) throws SQLException {
        return new Counts(
                row.getInt("total"),
                row.getInt("waiting"),
                row.getInt("live"),
                row.getInt("completed"),
                row.getInt("failed"),
                row.getInt("skipped"),
                row.getInt("cancelled"),
                row.getInt("left_out"));
    }

    private static @Nullable Obstacle obstacle(ResultSet row) throws SQLException {
        String cause = row.getString("waits_for");
        return cause == null
                ? null
                : new Obstacle(Obstacle.Cause.valueOf(cause), row.getString("waits_because"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
