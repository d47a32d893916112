package dev.convergence.benchmark.chaos.work;

import dev.convergence.engine.Engine;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.loop.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Puts the jobs in, spread over the storm, each batch in one transaction with its lines of the
/// ledger.
///
/// When a commit's answer is lost with the connection, the ledger tells whether it was made.
public final class Feeder {

    private static final int BATCH_MAX = 200;
    private static final int WAITING_MAX_PER_TENANT = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(200);

    /// The share of batches whose enqueuer dies before it can say that they are committed.
    private static final double UNANNOUNCED_SHARE = 0.1;

    private final Jdbi jdbi;
    private final Engine engine;
    private final Workload workload;
    private final int jobs;
    private final Duration spread;
    private final SplittableRandom dice;
    private final Thread thread = Thread.ofPlatform().name("feeder").daemon().unstarted(this::run);
    private volatile int fed;
    private volatile int fedInStorm;
    private volatile boolean hurried;
    private int errors;

    public Feeder(
            Jdbi jdbi, Engine engine, Workload workload, int jobs, Duration spread, long seed) {
        this.jdbi = jdbi;
        this.engine = engine;
        this.workload = workload;
        this.jobs = jobs;
        this.spread = spread;
        dice = new SplittableRandom(seed);
    }

    public void start() {
        thread.start();
    }

    /// The storm is over: what is left is put in as fast as it is done.
    public void hurry() {
        fedInStorm = fed;
        hurried = true;
    }

    public int fedInStorm() {
        return fedInStorm;
    }

    public boolean isDone() {
        return fed == jobs;
    }

    /// How often a transaction or its announcement failed.
    public int errors() {
        return errors;
    }

    private void run() {
        long began = System.nanoTime();
        int batch = 0;
        try {
            while (fed < jobs) {
                int size = Math.min(BATCH_MAX, planned(began) - fed);
                if (size > 0 && hasRoom()) {
                    feed(batch++, size);
                } else {
                    new Waiter().await(PAUSE);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private int planned(long began) {
        double share = (System.nanoTime() - began) / (double) spread.toNanos();
        return hurried ? jobs : (int) Math.min(jobs, jobs * share);
    }

    private static final String WAITING =
            "SELECT (SELECT count(*) FROM ready) + (SELECT count(*) FROM parked)";

    /// A long queue would hide how fast work is taken up again.
    private boolean hasRoom() {
        try {
            int waiting = jdbi.withHandle(h -> h.createQuery(WAITING).mapTo(int.class).one());
            return waiting < WAITING_MAX_PER_TENANT * workload.tenants().size();
        } catch (RuntimeException away) {
            errors++;
            return false;
        }
    }

    private void feed(int batch, int size) throws InterruptedException {
        List<PlannedJob> planned =
                IntStream.range(fed, fed + size).mapToObj(workload::job).toList();
        List<NewJob> asked = planned.stream().map(PlannedJob::asked).toList();
        while (!put(batch, planned, asked) && !isThere(batch)) {
            new Waiter().await(PAUSE_AFTER_ERROR);
        }
        if (dice.nextDouble() >= UNANNOUNCED_SHARE) {
            engine.committed(asked);
        }
        fed += size;
    }

    private boolean put(int batch, List<PlannedJob> planned, List<NewJob> asked) {
        try {
            jdbi.useTransaction(handle -> {
                List<JobId> ids = engine.enqueue(handle.getConnection(), asked);
                write(handle, batch, planned, ids);
            });
            return true;
        } catch (RuntimeException unanswered) {
            errors++;
            return false;
        }
    }

    private static final String ASKED =
            """
            INSERT INTO ledger.asked (root_id, batch, plan, retries_max, tenant_id, pool)
            VALUES (:root, :batch, :plan, :retriesMax, :tenant, :pool)
            """;

    private static void write(Handle handle, int batch, List<PlannedJob> planned, List<JobId> ids) {
        PreparedBatch rows = handle.prepareBatch(ASKED);
        for (int i = 0; i < ids.size(); i++) {
            PlannedJob job = planned.get(i);
            Pool pool = job.pool();
            UUID root = ids.get(i).value();
            rows.bind("root", root)
                    .bind("batch", batch)
                    .bind("plan", job.plan().name())
                    .bind("retriesMax", job.retriesMax())
                    .bind("tenant", job.tenant())
                    .bind("pool", pool == null ? null : pool.word())
                    .add();
        }
        rows.execute();
    }

    private static final String IS_THERE =
            "SELECT EXISTS (SELECT 1 FROM ledger.asked WHERE batch = :batch)";

    /// Asks until it is answered, because a second batch would be twice the jobs.
    private boolean isThere(int batch) throws InterruptedException {
        while (true) {
            try {
                return jdbi.withHandle(handle ->
                        handle.createQuery(IS_THERE)
                                .bind("batch", batch)
                                .mapTo(boolean.class)
                                .one());
            } catch (RuntimeException away) {
                errors++;
                new Waiter().await(PAUSE_AFTER_ERROR);
            }
        }
    }
}
