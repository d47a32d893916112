package dev.convergence.benchmark.chaos.judge;

import dev.convergence.benchmark.chaos.attack.Death;
import dev.convergence.benchmark.chaos.attack.Stroke;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/// How long a killed node's jobs waited until their loss was noticed, and until their next attempt,
/// which has to wait for its turn like any other.
///
/// @param near of nodes whose death others could see
/// @param far of nodes whose death others could know by their lease only
/// @param disturbed of those that met an attack on the database meanwhile
public record Recovery(Waits near, Waits far, Waits disturbed) {

    /// @param noticed until the lost attempt was ended, so that the next could begin
    /// @param resumed until the next attempt began
    public record Waits(Quantiles noticed, Quantiles resumed) {

        private static Waits of(List<Loss> losses, Predicate<Loss> those) {
            List<Loss> chosen = losses.stream().filter(those).toList();
            return new Waits(
                    Quantiles.of(chosen.stream().map(l -> seconds(l.diedAt, l.endedAt)).toList()),
                    Quantiles.of(
                            chosen.stream().map(l -> seconds(l.diedAt, l.nextBegan)).toList()));
        }
    }

    private record Loss(Instant diedAt, boolean isFar, Instant endedAt, Instant nextBegan) {}

    private static final String DEATH =
            "INSERT INTO ledger.death (life, died_at, is_far) VALUES (:life, :at, :far)";

    private static final String LOSSES =
            """
            SELECT died_at, is_far, next.began_at AS next_began,
                   COALESCE(run.finished_at, next.began_at) AS finished_at
            FROM ledger.death JOIN ledger.began USING (life)
            LEFT JOIN run ON run.job_id = began.job_id AND run.token = began.token
            CROSS JOIN LATERAL (
                SELECT began_at FROM ledger.began AS later
                WHERE later.root_id = began.root_id AND later.token > began.token
                ORDER BY began_at LIMIT 1) AS next
            WHERE run.job_id IS NULL OR (run.error_code = 'NODE_LOST' AND run.finished_at > died_at)
            """;

    static Recovery measure(Jdbi jdbi, List<Death> deaths, List<Stroke> strokes) {
        jdbi.useHandle(handle -> {
            PreparedBatch rows = handle.prepareBatch(DEATH);
            deaths.forEach(d ->
                    rows.bind("life", d.life()).bind("at", d.at()).bind("far", d.isFar()).add());
            if (rows.size() > 0) {
                rows.execute();
            }
        });
        List<Loss> losses =
                jdbi.withHandle(h -> h.createQuery(LOSSES).map((row, _) -> loss(row)).list());
        Predicate<Loss> disturbed = loss -> strokes.stream().anyMatch(s -> meets(s, loss));
        return new Recovery(
                Waits.of(losses, disturbed.negate().and(loss -> !loss.isFar())),
                Waits.of(losses, disturbed.negate().and(Loss::isFar)),
                Waits.of(losses, disturbed));
    }

    private static Loss loss(ResultSet row) throws SQLException {
        return new Loss(
                instant(row, "died_at"),
                row.getBoolean("is_far"),
                instant(row, "finished_at"),
                instant(row, "next_began"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static boolean meets(Stroke stroke, Loss loss) {
        return stroke.attack().cutsOff()
                && stroke.from().isBefore(loss.nextBegan())
                && stroke.to().isAfter(loss.diedAt());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
