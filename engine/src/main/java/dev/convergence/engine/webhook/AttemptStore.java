package dev.convergence.engine.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `webhook_attempt`, for who reads the log.
final class AttemptStore {

    private AttemptStore() {}

    private static final String LIST =
            """
            SELECT attempt_number, started_at, duration_ms, http_status, error, response
            FROM webhook_attempt WHERE delivery_id = :delivery ORDER BY attempt_number LIMIT 1000
            """;

    static List<DeliveryAttempt> list(Handle handle, UUID delivery) {
        return handle.createQuery(LIST)
                .bind("delivery", delivery)
                .map((row, _) -> attempt(row))
                .list();
    }

    private static DeliveryAttempt attempt(ResultSet row) throws SQLException {
        return new DeliveryAttempt(
                row.getInt("attempt_number"),
                Objects.requireNonNull(HappeningStore.instant(row, "started_at")),
                Duration.ofMillis(row.getLong("duration_ms")),
                row.getObject("http_status", Integer.class),
                row.getString("error"),
                row.getString("response"));
    }
}
