package dev.convergence.service.http.idempotency;

import dev.convergence.engine.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The answers of requests that carried an Idempotency-Key, for 24 hours.
///
/// The row is the claim: whoever inserts it executes, all others wait for its answer. A claim whose
/// node died is taken over after a time longer than any request may last.
public final class IdempotentAnswers {

    static final Duration KEPT = Duration.ofHours(24);
    static final Duration ABANDONED = Duration.ofMinutes(10);

    private static final int PURGE_MAX = 10_000;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final Database database;
    private final JsonMapper json;

    public IdempotentAnswers(Database database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    private static final String CLAIM =
            """
            INSERT INTO convergence.idempotent_answer AS answer
                   (scope, idempotency_key, method, path, fingerprint, created_at)
            VALUES (:scope, :key, :method, :path, :fingerprint, :createdAt)
            ON CONFLICT (scope, idempotency_key, method, path) DO UPDATE
               SET fingerprint = excluded.fingerprint, created_at = excluded.created_at,
                   status = NULL, headers = NULL, body = NULL
             WHERE answer.created_at < :expired
                OR (answer.status IS NULL AND answer.created_at < :abandoned)
            """;

    Claiming claim(Claim claim, String fingerprint) {
        return database.inTransaction(handle -> {
            int claimed =
                    bind(handle.createUpdate(CLAIM), claim)
                            .bind("fingerprint", fingerprint)
                            .bind("expired", at(claim.at().minus(KEPT)))
                            .bind("abandoned", at(claim.at().minus(ABANDONED)))
                            .execute();
            return claimed == 1 ? new Claiming.Ours(claim) : stored(handle, claim, fingerprint);
        });
    }

    private static final String FIND =
            """
            SELECT fingerprint, status, headers, body
            FROM convergence.idempotent_answer
            WHERE scope = :scope AND idempotency_key = :key AND method = :method AND path = :path
            """;

    private Claiming stored(Handle handle, Claim claim, String fingerprint) {
        return handle.createQuery(FIND)
                .bind("scope", claim.scope())
                .bind("key", claim.key())
                .bind("method", claim.method())
                .bind("path", claim.path())
                .map((row, context) -> claiming(row, fingerprint))
                .findFirst()
                .orElseGet(Claiming.InFlight::new); // released between the two statements
    }

    private Claiming claiming(ResultSet row, String fingerprint) throws SQLException {
        if (!fingerprint.equals(row.getString("fingerprint"))) {
            return new Claiming.OtherBody();
        }
        int status = row.getInt("status");
        return row.wasNull()
                ? new Claiming.InFlight()
                : new Claiming.Answered(
                        status, headers(row.getString("headers")), row.getBytes("body"));
    }

    private static final String FINISH =
            """
            UPDATE convergence.idempotent_answer
               SET status = :status, headers = CAST(:headers AS jsonb), body = :body
             WHERE scope = :scope AND idempotency_key = :key AND method = :method AND path = :path
               AND created_at = :createdAt AND status IS NULL
            """;

    void finish(Claim claim, int status, Map<String, String> headers, byte[] body) {
        database.transact(handle ->
                bind(handle.createUpdate(FINISH), claim)
                        .bind("status", status)
                        .bind("headers", json.writeValueAsString(headers))
                        .bind("body", body)
                        .execute());
    }

    private static final String RELEASE =
            """
            DELETE FROM convergence.idempotent_answer
             WHERE scope = :scope AND idempotency_key = :key AND method = :method AND path = :path
               AND created_at = :createdAt AND status IS NULL
            """;

    void release(Claim claim) {
        database.transact(handle -> bind(handle.createUpdate(RELEASE), claim).execute());
    }

    private static final String PURGE =
            """
            DELETE FROM convergence.idempotent_answer
             WHERE ctid = ANY (ARRAY(
                   SELECT ctid FROM convergence.idempotent_answer
                   WHERE created_at < :expired LIMIT :max))
            """;

    /// Deletes answers nobody can ask for any more, a bounded number at once.
    public int purge(Instant now) {
        return database.inTransaction(handle ->
                handle.createUpdate(PURGE)
                        .bind("expired", at(now.minus(KEPT)))
                        .bind("max", PURGE_MAX)
                        .execute());
    }

    private static Update bind(Update update, Claim claim) {
        return update.bind("scope", claim.scope())
                .bind("key", claim.key())
                .bind("method", claim.method())
                .bind("path", claim.path())
                .bind("createdAt", at(claim.at()));
    }

    private Map<String, String> headers(String text) {
        return json.readValue(text, HEADERS);
    }

    private static Object at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
