package dev.convergence.benchmark.engine.contestant;

import com.zaxxer.hikari.HikariDataSource;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// Puts raw jobs in, and wakes workers by one notification for all that was committed meanwhile.
final class RawProducer implements AutoCloseable {

    private static final int BLOCK = 10_000;

    private final HikariDataSource pool;
    private final RawBell bell;
    private long next;
    private long end;

    RawProducer(HikariDataSource pool) {
        this.pool = pool;
        bell = new RawBell(pool);
    }

    void copy(List<Payload> jobs) throws Exception {
        long first = block();
        StringBuilder rows = new StringBuilder(jobs.size() * 80);
        StringBuilder ids = new StringBuilder(jobs.size() * 8);
        for (int i = 0; i < jobs.size(); i++) {
            long id = first + i;
            rows.append(id).append('\t').append(jobs.get(i).asJson()).append('\n');
            ids.append(id).append('\n');
        }
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            copy.copyIn("COPY raw.job FROM STDIN", new StringReader(rows.toString()));
            copy.copyIn("COPY raw.ready FROM STDIN", new StringReader(ids.toString()));
            connection.commit();
        }
        bell.ring();
    }

    private static final String INSERT =
            """
            WITH j AS (INSERT INTO raw.job VALUES (?, ?::jsonb) RETURNING id)
            INSERT INTO raw.ready SELECT id FROM j
            """;

    void insert(Payload job) throws SQLException {
        long id = id();
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, id);
            insert.setString(2, job.asJson());
            insert.executeUpdate();
        }
        bell.ring();
    }

    private synchronized long id() throws SQLException {
        if (next == end) {
            next = block();
            end = next + BLOCK;
        }
        return next++;
    }

    private static final String NEXT_BLOCK = "SELECT nextval('raw.job_block')";

    private long block() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement(NEXT_BLOCK);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws Exception {
        bell.close();
        pool.close();
    }
}
