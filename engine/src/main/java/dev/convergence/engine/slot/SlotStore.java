package dev.convergence.engine.slot;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.CopyRows;
import dev.convergence.engine.sql.CopyRows.CopyFailed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The table `slot`.
final class SlotStore {

    /// From here on a copy is faster than an insert.
    private static final int COPY_MIN = 4;

    private SlotStore() {}

    // An instant that has its outcome keeps it: a gap may reach over one that somebody had set as
    // the next, and that was decided by itself.
    private static final String INSERT =
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at, effective_at, until_at)
            SELECT * FROM unnest(:tenants::text[], :configs::uuid[], :dueAts::timestamptz[], :outcomes::text[],
                :jobs::uuid[], :reasons::text[], :decidedAts::timestamptz[], :effectiveAts::timestamptz[],
                :untilAts::timestamptz[])
            ON CONFLICT (config_id, due_at) DO NOTHING
            """;

    /// @return how many had no outcome yet, and have this one now
    static int insert(Handle handle, Collection<Slot> slots) {
        if (slots.isEmpty()) {
            return 0;
        }
        return handle.createUpdate(INSERT)
                .bind("tenants", texts(slots, slot -> slot.tenant().value()))
                .bind("configs", ids(slots, slot -> slot.config().value()))
                .bind("dueAts", texts(slots, slot -> slot.dueAt().toString()))
                .bind("outcomes", texts(slots, slot -> slot.outcome().name()))
                .bind("jobs", ids(slots, slot -> slot.job() == null ? null : slot.job().value()))
                .bind("reasons", texts(slots, Slot::reason))
                .bind("decidedAts", texts(slots, slot -> slot.decidedAt().toString()))
                .bind("effectiveAts", texts(slots, SlotStore::effectiveUnlessDue))
                .bind("untilAts", texts(slots, slot -> text(slot.untilAt())))
                .execute();
    }

    private static final String COPY =
            """
            COPY convergence.slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at, effective_at)
            FROM STDIN (FORMAT binary)
            """;

    /// Nobody looks first whether the instants have an outcome: the key of the table does.
    ///
    /// @throws SlotTaken when one of them has
    static void copy(Handle handle, Collection<Slot> slots) {
        if (slots.size() < COPY_MIN) {
            if (insert(handle, slots) < slots.size()) {
                throw new SlotTaken();
            }
            return;
        }
        try {
            CopyRows.copy(handle, COPY, slots, SlotStore::write);
        } catch (CopyFailed refused) {
            throw refused.isDouble() ? new SlotTaken() : refused;
        }
    }

    private static void write(CopyRows out, Slot slot) {
        out.columns(8)
                .text(slot.tenant().value())
                .uuid(slot.config().value())
                .time(slot.dueAt())
                .text(slot.outcome().name())
                .uuid(slot.job() == null ? null : slot.job().value())
                .text(slot.reason())
                .time(slot.decidedAt())
                .time(slot.effectiveAt().equals(slot.dueAt()) ? null : slot.effectiveAt());
    }

    private static @Nullable String effectiveUnlessDue(Slot slot) {
        return slot.effectiveAt().equals(slot.dueAt()) ? null : slot.effectiveAt().toString();
    }

    private static final String LIST =
            """
            SELECT tenant_id, config_id, due_at, COALESCE(effective_at, due_at) AS effective_at, until_at, outcome,
                   job_id, reason, decided_at
            FROM slot
            """;

    // The first comparison of the cursor is what an index can use.
    private static final String AFTER =
            "due_at <= :dueAt::timestamptz AND (due_at, config_id) < (:dueAt::timestamptz, :place::uuid)";

    static List<Slot> list(Handle handle, SlotFilter filter) {
        StringBuilder sql = new StringBuilder(LIST).append(" WHERE true");
        and(sql, filter.tenant(), "tenant_id = :tenant");
        and(sql, filter.config(), "config_id = :config");
        and(sql, filter.outcome(), outcome(filter.outcome()));
        and(sql, filter.from(), "due_at >= :from");
        and(sql, filter.to(), "due_at < :to");
        and(sql, filter.after(), AFTER);
        sql.append(" ORDER BY due_at DESC, config_id DESC LIMIT :limit");
        var query = handle.createQuery(sql.toString()).bind("limit", filter.limit());
        if (filter.tenant() != null) {
            query.bind("tenant", filter.tenant().value());
        }
        if (filter.config() != null) {
            query.bind("config", filter.config().value());
        }
        if (filter.from() != null) {
            query.bind("from", filter.from());
        }
        if (filter.to() != null) {
            query.bind("to", filter.to());
        }
        if (filter.after() != null) {
            query.bind("dueAt", filter.after().dueAt().toString())
                    .bind("place", filter.after().config().value());
        }
        return query.map((row, _) -> slot(row)).list();
    }

    private static void and(StringBuilder sql, @Nullable Object given, String condition) {
        if (given != null) {
            sql.append(" AND ").append(condition);
        }
    }

    /// A literal, so that the planner sees that the index of skipped ones serves; a name of ours,
    /// never input.
    private static String outcome(@Nullable SlotOutcome outcome) {
        return outcome == null
                ? ""
                : "outcome = '"
                        + outcome
                        + "'"
                        + (outcome == SlotOutcome.FIRED ? "" : " AND outcome <> 'FIRED'");
    }

    private static String[] texts(Collection<Slot> slots, Function<Slot, @Nullable String> column) {
        return slots.stream().map(column).toArray(String[]::new);
    }

    private static UUID[] ids(Collection<Slot> slots, Function<Slot, @Nullable UUID> column) {
        return slots.stream().map(column).toArray(UUID[]::new);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Slot slot(ResultSet row) throws SQLException {
        UUID job = row.getObject("job_id", UUID.class);
        return new Slot(
                new TenantId(row.getString("tenant_id")),
                new ConfigId(row.getObject("config_id", UUID.class)),
                instant(row, "due_at"),
                instant(row, "effective_at"),
                row.getObject("until_at") == null ? null : instant(row, "until_at"),
                SlotOutcome.valueOf(row.getString("outcome")),
                job == null ? null : JobId.of(job),
                row.getString("reason"),
                instant(row, "decided_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
