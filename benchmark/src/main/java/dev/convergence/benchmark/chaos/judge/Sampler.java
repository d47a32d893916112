package dev.convergence.benchmark.chaos.judge;

import dev.convergence.engine.loop.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/// Looks at the claims of all tenants and pools in one snapshot, again and again, and keeps what
/// was more than allowed.
public final class Sampler implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Jdbi jdbi;
    private final Thread thread = Thread.ofPlatform().name("sampler").daemon().unstarted(this::run);
    private final Map<String, Integer> excesses = new TreeMap<>();
    private volatile boolean closed;
    private volatile int samples;
    private volatile int unanswered;

    public Sampler(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Sampler start() {
        thread.start();
        return this;
    }

    public int samples() {
        return samples;
    }

    /// How many looks got no answer, because the database was away.
    public int unanswered() {
        return unanswered;
    }

    /// What was more than allowed, and in how many looks.
    public synchronized Map<String, Integer> excesses() {
        return Map.copyOf(excesses);
    }

    // One statement, so one snapshot. The jobs are looked up one by one: a planner that knows an
    // older `lease` would read the whole table of jobs, at each look.
    private static final String EXCESSES =
            """
            SELECT 'tenant ' || tenant_id || ' held ' || held.claims || ' claims of ' || concurrent_limit
            FROM lane JOIN (SELECT tenant_id, count(*) AS claims FROM lease GROUP BY tenant_id) AS held
                 USING (tenant_id)
            WHERE held.claims > concurrent_limit
            UNION ALL
            SELECT 'tenant ' || tenant_id || ' counted ' || running || ' running of ' || concurrent_limit
            FROM lane WHERE running > concurrent_limit
            UNION ALL
            SELECT 'pool ' || pool || ' gave ' || given.permits || ' permits of ' || capacity
            FROM pool JOIN (SELECT pool, count(*) AS permits FROM permit GROUP BY pool) AS given
                 USING (pool)
            WHERE given.permits > capacity
            UNION ALL
            SELECT 'pool ' || job.pool || ' had ' || count(*) || ' claims of ' || min(capacity)
            FROM lease CROSS JOIN LATERAL (
                     SELECT job.pool FROM job WHERE job.job_id = lease.job_id OFFSET 0) AS job
                 JOIN pool ON pool.pool = job.pool
            GROUP BY job.pool HAVING count(*) > min(capacity)
            UNION ALL
            SELECT 'job ' || permit.job_id || ' holds a permit of ' || permit.pool || ' without a claim'
            FROM permit
            WHERE held_until IS NULL
              AND NOT EXISTS (SELECT 1 FROM lease
                              WHERE lease.job_id = permit.job_id AND lease.token = permit.token)
            """;

    private void run() {
        try {
            while (!closed) {
                look();
                new Waiter().await(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            keep(jdbi.withHandle(h -> h.createQuery(EXCESSES).mapTo(String.class).list()));
            samples++;
        } catch (RuntimeException away) {
            unanswered++;
        }
    }

    private synchronized void keep(List<String> found) {
        found.forEach(excess -> excesses.merge(excess, 1, Integer::sum));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        if (thread.isAlive()) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}
