package dev.convergence.benchmark.chaos.node;

import dev.convergence.engine.job.Job;
import dev.convergence.engine.loop.Waiter;
import dev.convergence.engine.queue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the handlers of this process did, on a connection that the engine does not know.
///
/// A handler goes on only when its line is committed. Lines of several handlers are committed
/// together; a line whose commit was not answered is written again and stays one.
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int BATCH_MAX = 500;
    private static final int WAITING_MAX = 10_000;
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(100);

    private sealed interface Line {
        CompletableFuture<Void> written();
    }

    private record Began(UUID entry, Claim claim, CompletableFuture<Void> written)
            implements Line {}

    private record Ended(UUID entry, String outcome, CompletableFuture<Void> written)
            implements Line {}

    private final Jdbi jdbi;
    private final String life;
    private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(WAITING_MAX);

    Ledger(Jdbi jdbi, String life) {
        this.jdbi = jdbi;
        this.life = life;
        Thread.ofPlatform().name("ledger").daemon().start(this::run);
    }

    private static final String LIFE =
            "INSERT INTO ledger.life (life, own_time) VALUES (:life, :now)";

    /// Writes down that the process lives, and what its own clock says.
    void live(Instant ownTime) {
        jdbi.useHandle(h -> h.createUpdate(LIFE).bind("life", life).bind("now", ownTime).execute());
    }

    /// @return the entry, for [#ended]
    UUID began(Claim claim) throws InterruptedException {
        UUID entry = UUID.randomUUID();
        write(new Began(entry, claim, new CompletableFuture<>()));
        return entry;
    }

    void ended(UUID entry, String outcome) throws InterruptedException {
        write(new Ended(entry, outcome, new CompletableFuture<>()));
    }

    private void write(Line line) throws InterruptedException {
        waiting.put(line);
        line.written().join();
    }

    private void run() {
        try {
            while (true) {
                List<Line> batch = new ArrayList<>();
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX - 1);
                while (!commit(batch)) {
                    new Waiter().await(PAUSE_AFTER_ERROR);
                }
                batch.forEach(line -> line.written().complete(null));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean commit(List<Line> batch) {
        try {
            jdbi.useTransaction(handle -> insert(handle, batch));
            return true;
        } catch (RuntimeException away) {
            LOG.warn("{} lines of the ledger wait: {}", batch.size(), away.getMessage());
            return false;
        }
    }

    private static final String BEGAN =
            """
            INSERT INTO ledger.began
                (entry_id, token, job_id, root_id, attempt, node_id, life, tenant_id, pool)
            VALUES (:entry, :token, :job, :root, :attempt, :node, :life, :tenant, :pool)
            ON CONFLICT (entry_id) DO NOTHING
            """;

    private static final String ENDED =
            """
            INSERT INTO ledger.ended (entry_id, outcome) VALUES (:entry, :outcome)
            ON CONFLICT (entry_id) DO NOTHING
            """;

    private void insert(Handle handle, List<Line> batch) {
        PreparedBatch begins = handle.prepareBatch(BEGAN);
        PreparedBatch ends = handle.prepareBatch(ENDED);
        for (Line line : batch) {
            switch (line) {
                case Began began -> bind(begins.bind("entry", began.entry()), began.claim()).add();
                case Ended ended ->
                        ends.bind("entry", ended.entry()).bind("outcome", ended.outcome()).add();
            }
        }
        if (begins.size() > 0) {
            begins.execute();
        }
        if (ends.size() > 0) {
            ends.execute();
        }
    }

    private PreparedBatch bind(PreparedBatch batch, Claim claim) {
        Job job = claim.job();
        return batch.bind("token", claim.token())
                .bind("job", job.id().value())
                .bind("root", job.root().value())
                .bind("attempt", job.attempt())
                .bind("node", claim.node().value())
                .bind("life", life)
                .bind("tenant", job.tenant().value())
                .bind("pool", job.pool());
    }
}
