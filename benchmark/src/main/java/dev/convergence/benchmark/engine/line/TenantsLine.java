package dev.convergence.benchmark.engine.line;

import dev.convergence.benchmark.engine.contestant.Convergence;
import dev.convergence.benchmark.engine.contestant.Drain;
import dev.convergence.benchmark.engine.contestant.Limits;
import dev.convergence.benchmark.engine.contestant.Work;
import dev.convergence.benchmark.engine.server.Server;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A drain of 10,000 tenants, of whom one owns half of the backlog and was there first.
final class TenantsLine {

    private static final int TENANTS = 10_000;
    private static final int LIMIT = 10;

    /// The one tenant may have half of a node.
    private static final int HOT_SHARE = 2;

    private static final int CHECK_SHARE = 10;
    private static final Duration OVERLAP = Duration.ofMillis(5);

    private final Server server;
    private final Plan plan;
    private final Convergence engine;
    private final int hotLimit;
    private final List<String> faults = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    TenantsLine(Server server, Plan plan, Convergence engine) {
        this.server = server;
        this.plan = plan;
        this.engine = engine;
        hotLimit = Math.max(1, engine.slots() / HOT_SHARE);
    }

    Figure measure() throws Exception {
        int jobs = plan.jobs();
        notes.add(
                "%d jobs, half of them of one tenant with limit %d, put in first; the others' limit is %d"
                        .formatted(jobs, hotLimit, LIMIT));
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < plan.rounds(); i++) {
            rates.add(round(jobs));
        }
        check(Math.max(1, jobs / CHECK_SHARE));
        return Figure.of(
                        "drain, 10,000 tenants, exact limits, one owns half of the backlog",
                        engine.name(),
                        Unit.JOBS_PER_SECOND,
                        rates)
                .faults(faults)
                .notes(notes);
    }

    private double round(int jobs) throws Exception {
        fill(jobs);
        Order order = new Order(jobs);
        Drain drain = engine.drain(jobs, order::around);
        note(drain);
        notes.add(
                "when half of its backlog was done, %.0f %% of the others' was"
                        .formatted(100 * order.othersShareAtHalf()));
        return drain.perSecond();
    }

    private void fill(int jobs) throws Exception {
        engine.prepare();
        engine.openLanes(TENANTS, LIMIT);
        engine.openLane("tenant-1", hotLimit);
        engine.enqueue(jobs, number -> "tenant-" + (tenant(number, jobs) + 1));
        server.settle();
    }

    /// Tenant 0 owns the first half of the numbers.
    private static int tenant(int number, int jobs) {
        return number < jobs / 2 ? 0 : 1 + number % (TENANTS - 1);
    }

    private void note(Drain drain) throws SQLException {
        if (!drain.count().isExact()) {
            faults.add(drain.count().toString());
        }
        faults.addAll(engine.unbalanced());
    }

    /// Not timed: jobs that last a while, so that limits are reached and can be seen to hold.
    private void check(int jobs) throws Exception {
        fill(jobs);
        Limits[] limits = new Limits[1];
        note(
                engine.drain(
                        jobs,
                        work ->
                                limits[0] =
                                        new Limits(work, TENANTS, n -> tenant(n, jobs), OVERLAP)));
        int others = 0;
        for (int tenant = 1; tenant < TENANTS; tenant++) {
            others = Math.max(others, limits[0].most(tenant));
        }
        int hot = limits[0].most(0);
        notes.add("most at once, with jobs of 5 ms: " + hot + " of it, " + others + " of another");
        if (hot > hotLimit || others > LIMIT) {
            faults.add("a limit was exceeded: " + hot + " and " + others + " ran at once");
        }
    }

    /// Notes how far the others were when the one tenant was half way.
    private static final class Order {

        private final int jobs;
        private final AtomicInteger hot = new AtomicInteger();
        private final AtomicInteger others = new AtomicInteger();
        private volatile int othersAtHalf = -1;

        Order(int jobs) {
            this.jobs = jobs;
        }

        Work around(Work then) {
            return payload -> {
                if (tenant(payload.number(), jobs) != 0) {
                    others.incrementAndGet();
                } else if (hot.incrementAndGet() == jobs / 4) {
                    othersAtHalf = others.get();
                }
                then.run(payload);
            };
        }

        double othersShareAtHalf() {
            return othersAtHalf / (double) (jobs - jobs / 2);
        }
    }
}
