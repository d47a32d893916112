package dev.convergence.engine.sql;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The one door to PostgreSQL: a transaction per action, opened and closed in the action's own
/// method.
public final class Database {

    private final Jdbi jdbi;

    public Database(DataSource source) {
        jdbi = Jdbi.create(source).installPlugin(new PostgresPlugin());
        // What callers gave must not reach the log with a failure: the statement is enough.
        jdbi.getConfig(StatementExceptions.class)
                .setMessageRendering(StatementExceptions.MessageRendering.SHORT_STATEMENT);
    }

    /// Runs the work in one READ COMMITTED transaction and answers what it answered.
    public <T extends @org.jspecify.annotations.Nullable Object> T inTransaction(
            Function<Handle, T> work) {
        return jdbi.inTransaction(work::apply);
    }

    public void transact(Consumer<Handle> work) {
        jdbi.useTransaction(work::accept);
    }

    /// Runs single statements, each committed by itself.
    public <T extends @org.jspecify.annotations.Nullable Object> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }
}
