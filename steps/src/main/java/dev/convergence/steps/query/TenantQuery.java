package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Answers one read-only SELECT on one tenant's own DuckDB file.
///
/// Three walls: the syntax tree is checked against a list of what is allowed, the connection is
/// locked and read-only, and both happen in a process of its own that has no environment and is
/// killed when it takes too much. Processes are kept for the next query.
public final class TenantQuery implements AutoCloseable {

    private static final int ROWS_MAX = 10_000;
    private static final int IDLE_SECONDS = 60;
    private static final int SQL_CHARACTERS_MAX = 100_000;

    private final QueryLimits limits;
    private final Semaphore turns;
    private final Map<Path, Semaphore> turnsOfTenants = new ConcurrentHashMap<>();
    private final Deque<QueryProcess> idle = new ConcurrentLinkedDeque<>();

    public TenantQuery() {
        this(QueryLimits.DEFAULT);
    }

    public TenantQuery(QueryLimits limits) {
        this.limits = limits;
        this.turns = new Semaphore(limits.concurrent(), true);
    }

    /// @param limit the most rows that are answered, 1 to 10,000
    /// @throws EngineException INVALID_QUERY for anything but a SELECT on the tenant's own tables;
    ///   QUERY_TIMEOUT past time or memory; SERVICE_UNAVAILABLE when too many queries run
    public Warehouse.QueryResult run(Path databaseFile, String sql, int limit) {
        check(sql, limit);
        if (!Files.exists(databaseFile)) {
            throw EngineException.notFound("There is no data set for this tenant yet.");
        }
        String request = Wire.JSON.writeValueAsString(request(databaseFile, sql, limit));
        try {
            return inTurn(databaseFile, request).orRefusal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static void check(String sql, int limit) {
        if (limit < 1 || limit > ROWS_MAX) {
            throw EngineException.invalidField("limit", "OUT_OF_RANGE", "must be 1 to 10000");
        }
        if (sql.isBlank() || sql.length() > SQL_CHARACTERS_MAX || sql.indexOf('\0') >= 0) {
            throw new EngineException(
                    ErrorCode.INVALID_QUERY,
                    "sql must hold one SELECT of at most " + SQL_CHARACTERS_MAX + " characters.");
        }
    }

    private QueryRequest request(Path databaseFile, String sql, int limit) {
        return new QueryRequest(
                databaseFile.toAbsolutePath().toString(),
                sql,
                limit,
                limits.time().toMillis(),
                limits.memoryMegabytes(),
                limits.answerBytes());
    }

    /// The tenant's own turn first, then one of all: who waits behind its own queries takes
    /// nobody's place.
    private QueryAnswer inTurn(Path databaseFile, String request) throws InterruptedException {
        Semaphore own =
                turnsOfTenants.computeIfAbsent(
                        databaseFile, _ -> new Semaphore(limits.concurrentPerTenant(), true));
        return inTurn(own, () -> inTurn(turns, () -> answer(request)));
    }

    private QueryAnswer inTurn(Semaphore turn, Turn work) throws InterruptedException {
        if (!turn.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw busy();
        }
        try {
            return work.take();
        } finally {
            turn.release();
        }
    }

    /// What is done when it is one's turn.
    private interface Turn {
        QueryAnswer take() throws InterruptedException;
    }

    private QueryAnswer answer(String request) throws InterruptedException {
        QueryProcess process = take();
        boolean healthy = false;
        try {
            String answer = process.ask(request, limits);
            healthy = answer != null;
            return answer == null ? ended() : Wire.JSON.readValue(answer, QueryAnswer.class);
        } finally {
            give(process, healthy);
        }
    }

    private QueryProcess take() throws InterruptedException {
        for (QueryProcess process = idle.poll(); process != null; process = idle.poll()) {
            if (process.alive()) {
                return process;
            }
            process.close();
        }
        return start();
    }

    private static QueryProcess start() throws InterruptedException {
        try {
            return QueryProcess.start();
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE, "The query service cannot start.", e);
        }
    }

    private void give(QueryProcess process, boolean healthy) {
        if (healthy) {
            idle.push(process);
            CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> end(process));
        } else {
            process.close();
        }
    }

    /// Idle processes hold memory; one that is at work meanwhile is not in the queue.
    private void end(QueryProcess process) {
        if (idle.remove(process)) {
            process.close();
        }
    }

    private static QueryAnswer ended() {
        return QueryAnswer.refused(
                new EngineException(
                        ErrorCode.INVALID_QUERY,
                        "The query is too complex or its values are too large to be answered."));
    }

    private static EngineException busy() {
        return new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "All query slots of this server are taken; try again in a few seconds.");
    }

    @Override
    public void close() {
        idle.forEach(this::end);
    }
}
