package dev.convergence.benchmark.engine.contestant;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// One connection's claims and ends.
///
/// A claim begins after the last one it got, so that it does not walk over what is dead; one that
/// finds nothing begins from the start again.
final class RawBatch implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private static final String CLAIM =
            """
            WITH taken AS (
                DELETE FROM raw.ready WHERE id = ANY(ARRAY(
                    SELECT id FROM raw.ready WHERE id > ? ORDER BY id LIMIT %d FOR UPDATE SKIP LOCKED))
                RETURNING id),
            leased AS (
                INSERT INTO raw.lease SELECT id, nextval('raw.token'), 1, now() FROM taken RETURNING id, token)
            SELECT id, token, payload FROM leased JOIN raw.job USING (id)
            """;

    private static final String END =
            """
            WITH ended AS (
                DELETE FROM raw.lease USING unnest(?::bigint[], ?::bigint[]) AS e(id, token)
                WHERE lease.id = e.id AND lease.token = e.token RETURNING lease.id, lease.token)
            INSERT INTO raw.done SELECT id, token, 1, now() FROM ended
            """;

    private final Connection connection;
    private final PreparedStatement claim;
    private final PreparedStatement end;
    private long floor = -1;

    RawBatch(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_custom_plan; SET enable_seqscan = off");
        }
        claim = connection.prepareStatement(CLAIM.formatted(Raw.BATCH));
        end = connection.prepareStatement(END);
    }

    private record Claimed(long id, long token, Payload payload) {}

    /// @param onMore called when there may be more than one batch
    /// @return how many jobs were done and written down
    int run(Work work, Runnable onMore) throws SQLException {
        List<Claimed> claimed = claim();
        if (claimed.isEmpty() && floor >= 0) {
            floor = -1;
            claimed = claim();
        }
        if (claimed.isEmpty()) {
            return 0;
        }
        if (claimed.size() == Raw.BATCH) {
            onMore.run();
        }
        claimed.forEach(each -> work.run(each.payload()));
        return end(claimed);
    }

    private List<Claimed> claim() throws SQLException {
        claim.setLong(1, floor);
        List<Claimed> claimed = new ArrayList<>();
        try (ResultSet rows = claim.executeQuery()) {
            while (rows.next()) {
                long id = rows.getLong(1);
                floor = Math.max(floor, id);
                Map<String, Object> params = JSON.readValue(rows.getString(3), MAP);
                claimed.add(new Claimed(id, rows.getLong(2), Payload.of(params)));
            }
        }
        return claimed;
    }

    private int end(List<Claimed> claimed) throws SQLException {
        end.setArray(1, array(claimed.stream().mapToLong(Claimed::id).boxed().toArray()));
        end.setArray(2, array(claimed.stream().mapToLong(Claimed::token).boxed().toArray()));
        return end.executeUpdate();
    }

    private java.sql.Array array(Object[] values) throws SQLException {
        return connection.createArrayOf("bigint", values);
    }

    @Override
    public void close() throws SQLException {
        claim.close();
        end.close();
    }
}
