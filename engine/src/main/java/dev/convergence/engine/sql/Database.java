package dev.convergence.engine.sql;

import java.sql.Connection;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;

/// The one door to PostgreSQL: a transaction per action, opened and closed in the action's own
/// method.
public final class Database {

    // Taking a statement apart takes longer than sending it: it is remembered for all.
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final Jdbi jdbi;

    public Database(DataSource source) {
        jdbi = prepared(Jdbi.create(source));
    }

    private static Jdbi prepared(Jdbi jdbi) {
        jdbi.installPlugin(new PostgresPlugin());
        jdbi.registerArgument(new UuidArrays());
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
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

    // A page is some fifty rows at one end of an index, each looked up in a few others. Among forty
    // partitions the planner often believes that reading them all and joining them by hash is
    // cheaper: it cannot know how soon a page is full. Disabled ways cost so much before PostgreSQL
    // 18 that plans would be compiled for it. A plan for any values is kept after five calls: for
    // any limit and any tenant it copies all jobs into a temporary file to show fifty of them.
    private static final String LOOK =
            """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SET LOCAL enable_seqscan = off;
            SET LOCAL enable_hashjoin = off;
            SET LOCAL enable_mergejoin = off;
            SET LOCAL max_parallel_workers_per_gather = 0;
            SET LOCAL plan_cache_mode = force_custom_plan;
            SET LOCAL jit = off
            """;

    /// Reads pages of long lists: by indexes only, and all statements see one moment.
    public <T extends @org.jspecify.annotations.Nullable Object> T look(Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            handle.execute(LOOK);
            return work.apply(handle);
        });
    }

    // Two long ways through two indexes meet sooner by hash than row by row.
    private static final String COUNTING = LOOK + "; SET LOCAL enable_hashjoin = on";

    /// Counts what long lists page through.
    public <T extends @org.jspecify.annotations.Nullable Object> T count(Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            handle.execute(COUNTING);
            return work.apply(handle);
        });
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
