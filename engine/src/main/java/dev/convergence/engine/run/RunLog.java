package dev.convergence.engine.run;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// The lines that a run wrote for people, in order.
public final class RunLog {

    private static final int LINE_LENGTH_MAX = 4_000;
    private static final int LINES_MAX = 10_000;

    private final Database database;

    public RunLog(Database database) {
        this.database = database;
    }

    public record Line(int number, Instant at, String text) {}

    // A run that has ended, or whose tenant is gone, writes nothing more: the share of its lease
    // waits for
    // whoever is ending it. Steps write at the same time; the number is taken under the unique key,
    // and a clash is tried
    // again.
    private static final String APPEND =
            """
            WITH live AS MATERIALIZED (SELECT 1 FROM lease WHERE job_id = :job AND token = :token FOR KEY SHARE)
            INSERT INTO run_log (job_id, line_number, tenant_id, logged_at, line)
            SELECT :job, COALESCE(max(line_number), 0) + 1, :tenant, :now, :line
            FROM run_log WHERE job_id = :job
            HAVING COALESCE(max(line_number), 0) < :linesMax AND EXISTS (SELECT 1 FROM live)
            ON CONFLICT DO NOTHING
            """;

    /// @param token of the claim under which the line is written
    public void append(TenantId tenant, JobId job, long token, String line, Instant now) {
        for (int attempt = 0; attempt < 5; attempt++) {
            int written =
                    database.read(handle ->
                            handle.createUpdate(APPEND)
                                    .bind("job", job.value())
                                    .bind("tenant", tenant.value())
                                    .bind("token", token)
                                    .bind("now", now)
                                    .bind("line", shortened(line))
                                    .bind("linesMax", LINES_MAX)
                                    .execute());
            if (written == 1) {
                return;
            }
        }
    }

    private static final String READ =
            """
            SELECT line_number, logged_at, line FROM run_log
            WHERE job_id = :job AND tenant_id = :tenant AND line_number > :after
            ORDER BY line_number LIMIT :limit
            """;

    public List<Line> read(TenantId tenant, JobId job, int after, int limit) {
        return database.read(handle ->
                handle.createQuery(READ)
                        .bind("job", job.value())
                        .bind("tenant", tenant.value())
                        .bind("after", after)
                        .bind("limit", limit)
                        .map((row, _) -> line(row))
                        .list());
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getInt("line_number"),
                row.getObject("logged_at", OffsetDateTime.class).toInstant(),
                row.getString("line"));
    }

    private static String shortened(String line) {
        String printable = line.replace('\u0000', ' ');
        return printable.length() <= LINE_LENGTH_MAX
                ? printable
                : printable.substring(0, LINE_LENGTH_MAX - 1) + "…";
    }
}
