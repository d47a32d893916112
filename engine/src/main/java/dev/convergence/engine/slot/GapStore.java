package dev.convergence.engine.slot;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import dev.convergence.engine.time.DstGap;
import dev.convergence.engine.time.DstOverlap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/// The table `slot_gap`.
final class GapStore {

    private GapStore() {}

    private static final String INSERT =
            """
            INSERT INTO slot_gap (tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap,
                spread_seconds, from_at, until_at, outcome, reason, decided_at)
            SELECT tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap, spread_seconds, from_at,
                   until_at, outcome, reason, :now
            FROM unnest(:tenants::text[], :configs::uuid[], :crons::text[], :zones::text[], :gaps::text[],
                        :overlaps::text[], :spreads::integer[], :froms::timestamptz[], :untils::timestamptz[],
                        :outcomes::text[], :reasons::text[])
                AS g (tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap, spread_seconds,
                      from_at, until_at, outcome, reason)
            """;

    static void insert(Handle handle, Collection<LedgerGap> gaps, Instant now) {
        if (gaps.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT)
                .bind("tenants", texts(gaps, gap -> gap.tenant().value()))
                .bind(
                        "configs",
                        gaps.stream().map(gap -> gap.config().value()).toArray(UUID[]::new))
                .bind("crons", texts(gaps, gap -> gap.cadence().cron().toString()))
                .bind("zones", texts(gaps, gap -> gap.cadence().zone().getId()))
                .bind("gaps", texts(gaps, gap -> gap.cadence().gap().name()))
                .bind("overlaps", texts(gaps, gap -> gap.cadence().overlap().name()))
                .bind(
                        "spreads",
                        gaps.stream()
                                .map(gap -> (int) gap.spread().toSeconds())
                                .toArray(Integer[]::new))
                .bind("froms", texts(gaps, gap -> gap.from().toString()))
                .bind("untils", texts(gaps, gap -> gap.until().toString()))
                .bind("outcomes", texts(gaps, gap -> gap.outcome().name()))
                .bind("reasons", texts(gaps, LedgerGap::reason))
                .bind("now", now)
                .execute();
    }

    private static final String IS_ANY = "SELECT EXISTS (SELECT 1 FROM slot_gap)";

    static boolean isAny(Handle handle) {
        return handle.createQuery(IS_ANY).mapTo(boolean.class).one();
    }

    private static final String LOCK =
            """
            SELECT gap_id, tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap, spread_seconds,
                   from_at, until_at, outcome, reason, decided_at
            FROM slot_gap ORDER BY gap_id LIMIT %d FOR UPDATE SKIP LOCKED
            """;

    /// The oldest gaps; those that another node is at are passed over.
    static List<OpenGap> lock(Handle handle, int most) {
        return handle.createQuery(LOCK.formatted(most)).map((row, _) -> gap(row)).list();
    }

    private static final String CLOSE = "DELETE FROM slot_gap WHERE gap_id = ANY(:ids)";

    static void close(Handle handle, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            handle.createUpdate(CLOSE).bind("ids", ids.toArray(Long[]::new)).execute();
        }
    }

    private static final String NARROW =
            """
            UPDATE slot_gap SET from_at = n.from_at
            FROM unnest(:ids::bigint[], :froms::timestamptz[]) AS n (gap_id, from_at)
            WHERE slot_gap.gap_id = n.gap_id
            """;

    static void narrow(Handle handle, Map<Long, Instant> froms) {
        if (!froms.isEmpty()) {
            handle.createUpdate(NARROW)
                    .bind("ids", froms.keySet().toArray(Long[]::new))
                    .bind(
                            "froms",
                            froms.values().stream().map(Instant::toString).toArray(String[]::new))
                    .execute();
        }
    }

    private static String[] texts(Collection<LedgerGap> gaps, Function<LedgerGap, String> column) {
        return gaps.stream().map(column).toArray(String[]::new);
    }

    private static OpenGap gap(ResultSet row) throws SQLException {
        Cadence cadence =
                new Cadence(
                        CronExpression.parse(row.getString("schedule_cron")),
                        ZoneId.of(row.getString("timezone")),
                        DstGap.valueOf(row.getString("dst_gap")),
                        DstOverlap.valueOf(row.getString("dst_overlap")));
        LedgerGap gap =
                new LedgerGap(
                        new TenantId(row.getString("tenant_id")),
                        new ConfigId(row.getObject("config_id", UUID.class)),
                        cadence,
                        Duration.ofSeconds(row.getInt("spread_seconds")),
                        instant(row, "from_at"),
                        instant(row, "until_at"),
                        SlotOutcome.valueOf(row.getString("outcome")),
                        row.getString("reason"));
        return new OpenGap(row.getLong("gap_id"), gap, instant(row, "decided_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
