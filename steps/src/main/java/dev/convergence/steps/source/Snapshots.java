package dev.convergence.steps.source;

import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.duckdb.Session;
import java.sql.SQLException;
import java.util.Optional;

/// Whether a load of findings holds all that its accounts have: only then is one that is not in it
/// resolved.
public final class Snapshots {

    private Snapshots() {}

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS load_partial (reason VARCHAR)
            """;

    private static final String NOTE = "INSERT INTO load_partial VALUES (?)";

    /// Notes it for publishing, and says it in the run's log.
    static void note(StepContext context, Session staging, Reading reading, boolean byDays)
            throws SQLException {
        staging.execute(CREATE);
        Optional<String> reason = whyPartial(context, reading, byDays);
        if (reason.isPresent() && reading.target().format().cost().isEmpty()) {
            staging.execute(NOTE, reason.get());
            context.log(
                    "No whole snapshot, for %s: what is not in it stays as it was."
                            .formatted(reason.get()));
        }
    }

    private static Optional<String> whyPartial(
            StepContext context, Reading reading, boolean byDays) {
        if ("partial".equalsIgnoreCase(String.valueOf(context.parameters().get("snapshot")))) {
            return Optional.of("the run says so");
        }
        if (byDays) {
            return Optional.of("days were asked for");
        }
        if (reading.bad().count() > 0) {
            return Optional.of("lines of it could not be read");
        }
        return reading.isCutOff() ? Optional.of("its last page is missing") : Optional.empty();
    }

    private static final String IS_WHOLE = "SELECT count(*) = 0 FROM load_partial";

    public static boolean isWhole(Session staging) throws SQLException {
        staging.execute(CREATE);
        return staging.one(IS_WHOLE, row -> row.getBoolean(1));
    }
}
