package dev.convergence.engine.sql;

import java.sql.Connection;
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
        jdbi = prepared(Jdbi.create(source));
    }

    private static Jdbi prepared(Jdbi jdbi) {
        jdbi.installPlugin(new PostgresPlugin());
        // What callers gave must not reach the log with a failure: the statement is enough.
        jdbi.getConfig(StatementExceptions.class)
                .setMessageRendering(StatementExceptions.MessageRendering.SHORT_STATEMENT);
        return jdbi;
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

    /// Runs statements in a transaction that the caller began and will end.
    public static <T> T within(Connection transaction, Function<Handle, T> work) {
        return prepared(Jdbi.create(transaction)).withHandle(work::apply);
    }

    private static final String SCHEMA = "SELECT current_schema()";

    /// @throws IllegalStateException when connections do not see the engine's schema first
    public void requireSchema() {
        String schema =
                jdbi.withHandle(handle ->
                        handle.createQuery(SCHEMA).mapTo(String.class).findOne().orElse(""));
        if (!schema.equals(Migrations.SCHEMA)) {
            throw new IllegalStateException(
                    "The data source's connections see the schema '"
                            + schema
                            + "' first. Add currentSchema="
                            + Migrations.SCHEMA
                            + " to its URL, and call Engine.migrate before.");
        }
    }
}
