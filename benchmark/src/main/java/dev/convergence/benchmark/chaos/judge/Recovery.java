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
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// How long a killed node's jobs waited for their next attempt.
///
/// @param near of nodes whose death others could see
/// @param far of nodes whose death others could know by their lease only
/// @param disturbed of those that met another attack on the database meanwhile
/// @param rescued until the lost attempt was ended, near and far
public record Recovery(Quantiles near, Quantiles far, Quantiles disturbed, Quantiles rescued) {

    private record Loss(
            Instant diedAt, boolean isFar, Instant nextBegan, @Nullable Instant endedAt) {

        double waited() {
            return seconds(diedAt, nextBegan);
        }
    }

    private static final String DEATH =
            "INSERT INTO ledger.death (life, died_at, is_far) VALUES (:life, :at, :far)";

    private static final String LOSSES =
            """
            SELECT died_at, is_far, run.finished_at, next.began_at AS next_began
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
                waits(losses, disturbed.negate().and(loss -> !loss.isFar())),
                waits(losses, disturbed.negate().and(Loss::isFar)),
                waits(losses, disturbed),
                rescues(losses, disturbed.negate()));
    }

    private static Loss loss(ResultSet row) throws SQLException {
        Instant died = row.getObject("died_at", OffsetDateTime.class).toInstant();
        OffsetDateTime ended = row.getObject("finished_at", OffsetDateTime.class);
        return new Loss(
                died,
                row.getBoolean("is_far"),
                row.getObject("next_began", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }

    private static boolean meets(Stroke stroke, Loss loss) {
        return stroke.attack().cutsOff()
                && stroke.from().isBefore(loss.nextBegan())
                && stroke.to().isAfter(loss.diedAt());
    }

    private static Quantiles waits(List<Loss> losses, Predicate<Loss> those) {
        return Quantiles.of(losses.stream().filter(those).map(Loss::waited).toList());
    }

    private static Quantiles rescues(List<Loss> losses, Predicate<Loss> those) {
        return Quantiles.of(
                losses.stream()
                        .filter(those)
                        .flatMap(loss ->
                                Stream.ofNullable(loss.endedAt())
                                        .map(ended -> seconds(loss.diedAt(), ended)))
                        .toList());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
