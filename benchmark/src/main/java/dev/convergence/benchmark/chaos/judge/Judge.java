package dev.convergence.benchmark.chaos.judge;

import dev.convergence.benchmark.chaos.attack.Storm;
import dev.convergence.benchmark.chaos.judge.Sweep.Interval;
import dev.convergence.benchmark.chaos.judge.Sweep.Result;
import dev.convergence.benchmark.chaos.work.Pool;
import dev.convergence.benchmark.chaos.work.TenantPlan;
import dev.convergence.benchmark.chaos.work.Workload;
import dev.convergence.engine.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/// Compares the engine's books with the ledger, once everything is over.
public final class Judge {

    /// By when a dead node's work can be taken up again, when nothing else is broken.
    private static final double RECOVERY_SECONDS_MAX = 20;

    private final Jdbi jdbi;
    private final Engine engine;
    private final Map<String, Integer> limits;
    private final Map<String, Integer> capacities;
    private final List<String> breaches = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public Judge(Jdbi jdbi, Engine engine, Workload workload) {
        this.jdbi = jdbi;
        this.engine = engine;
        limits =
                workload.tenants().stream()
                        .collect(Collectors.toMap(TenantPlan::name, TenantPlan::limit));
        capacities =
                Arrays.stream(Pool.values()).collect(Collectors.toMap(Pool::word, Pool::capacity));
    }

    public Judgement judge(Storm storm, Sampler sampler) {
        jdbi.useHandle(handle -> handle.createScript(INDEXES).execute());
        breaches.addAll(storm.faults());
        breaches.addAll(Books.breaches(jdbi));
        breaches.addAll(engine.audit());
        sampler.excesses()
                .forEach((excess, looks) -> breaches.add("in " + looks + " looks " + excess));
        limits();
        Recovery recovery = Recovery.measure(jdbi, storm.deaths(), storm.strokes());
        late("that others could see die", recovery.near().noticed());
        late("that others could not see die", recovery.far().noticed());
        Map<String, Long> counts = Counts.of(jdbi);
        if (counts.getOrDefault("late ends accepted", 0L) > 0) {
            breaches.add("late ends were accepted: " + counts.get("late ends accepted"));
        }
        return new Judgement(List.copyOf(breaches), List.copyOf(notes), counts, recovery);
    }

    private static final String INDEXES =
            """
            CREATE INDEX ON ledger.began (root_id, began_at);
            CREATE INDEX ON ledger.began (token);
            CREATE INDEX ON ledger.began (job_id);
            CREATE INDEX ON ledger.began (node_id);
            ANALYZE;
            """;

    private void limits() {
        broken(Intervals.claimedOfTenants(jdbi), limits)
                .forEach(r -> breaches.add("a tenant was over its limit: " + r));
        broken(Intervals.claimedOfPools(jdbi), capacities)
                .forEach(r -> breaches.add("a pool was over its capacity: " + r));
        note("frozen handlers worked on, beside their successors", workedOver());
        note(
                "run records overlap, because a start is dated before its claim is made",
                broken(Intervals.recordedOfTenants(jdbi), limits));
    }

    private List<Result> workedOver() {
        List<Result> over = new ArrayList<>(broken(Intervals.workedOfTenants(jdbi), limits));
        over.addAll(broken(Intervals.workedOfPools(jdbi), capacities));
        return over;
    }

    private static List<Result> broken(List<Interval> intervals, Map<String, Integer> limits) {
        return Sweep.over(intervals, limits).stream().filter(Result::isBroken).toList();
    }

    private void note(String what, List<Result> over) {
        over.stream()
                .max(Comparator.comparing(result -> result.most() - result.limit()))
                .ifPresent(worst ->
                        notes.add(
                                "%s: %d tenants or pools, the worst %d at once where %d may be (%s)"
                                        .formatted(
                                                what,
                                                over.size(),
                                                worst.most(),
                                                worst.limit(),
                                                worst.owner())));
    }

    private void late(String which, Quantiles waits) {
        if (waits.max() > RECOVERY_SECONDS_MAX) {
            breaches.add("the loss of nodes " + which + " was noticed late: " + waits);
        }
    }
}
