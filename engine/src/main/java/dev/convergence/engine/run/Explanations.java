package dev.convergence.engine.run;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.run.ExplanationStore.Place;
import dev.convergence.engine.run.ExplanationStore.Rank;
import dev.convergence.engine.run.Waiting.Behind;
import dev.convergence.engine.run.Waiting.EarlierRun;
import dev.convergence.engine.run.Waiting.Ended;
import dev.convergence.engine.run.Waiting.LaneFull;
import dev.convergence.engine.run.Waiting.LanePaused;
import dev.convergence.engine.run.Waiting.Next;
import dev.convergence.engine.run.Waiting.NoWorker;
import dev.convergence.engine.run.Waiting.NotYetDue;
import dev.convergence.engine.run.Waiting.PoolTaken;
import dev.convergence.engine.run.Waiting.Predecessor;
import dev.convergence.engine.run.Waiting.Reserved;
import dev.convergence.engine.run.Waiting.Running;
import dev.convergence.engine.run.Waiting.TenantSuspended;
import dev.convergence.engine.run.Waiting.WorkersBusy;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Says why a job waits; for people, so a moment's change between two looks does no harm.
///
/// What is counted is counted up to a bound, so a tenant with a backlog of half a million is
/// answered as fast as one without.
public final class Explanations {

    private static final String POOL = "pool:";
    private static final String GROUP = "group:";
    private static final String CONFIG = "config:";

    private final Database database;
    private final Duration lease;

    /// @param lease a node not heard of for this long starts nothing
    public Explanations(Database database, Duration lease) {
        this.database = database;
        this.lease = lease;
    }

    /// @param tenant whose job it must be; null for anybody's
    /// @return empty when there is no such job
    public Optional<Explanation> of(@Nullable TenantId tenant, JobId job, Instant now) {
        return database.inTransaction(handle -> {
            ExplanationStore.fixPlans(handle);
            return ExplanationStore.place(handle, tenant, job)
                    .map(place -> explained(handle, job, place, now));
        });
    }

    private Explanation explained(Handle handle, JobId job, Place place, Instant now) {
        return new Explanation(
                job, place.tenant(), place.shown(), reasons(handle, job, place, now));
    }

    private List<Waiting> reasons(Handle handle, JobId job, Place place, Instant now) {
        if (place.state() != null) {
            return List.of(
                    new Ended(
                            place.state(),
                            Objects.requireNonNull(place.finishedAt()),
                            place.error(),
                            place.outcome()));
        }
        if (place.claimedAt() != null) {
            return List.of(new Running(place.claimedAt(), String.valueOf(place.node())));
        }
        List<Waiting> reasons = new ArrayList<>();
        Optional.ofNullable(place.dueAt())
                .ifPresent(due -> reasons.add(new NotYetDue(due, place.attempt() > 0)));
        parked(handle, place).ifPresent(reasons::add);
        lane(handle, place.tenant(), reasons);
        if (place.isReady()) {
            ready(handle, job, place, now, reasons);
        }
        return reasons;
    }

    private static Optional<Waiting> parked(Handle handle, Place place) {
        String key = place.waitKey();
        if (key == null) {
            return Optional.empty();
        }
        if (key.startsWith(POOL)) {
            String pool = key.substring(POOL.length());
            int ahead = ExplanationStore.parkedBefore(handle, key, place.parkedPosition());
            return Optional.of(taken(handle, pool, Waiting.Count.of(ahead)));
        }
        if (key.startsWith(CONFIG)) {
            return Optional.of(new EarlierRun(key.substring(CONFIG.length())));
        }
        return key.startsWith(GROUP)
                ? Optional.of(new Predecessor(key.substring(GROUP.length())))
                : Optional.empty();
    }

    private static PoolTaken taken(Handle handle, String pool, Waiting.Count ahead) {
        ExplanationStore.Pool seen = ExplanationStore.pool(handle, pool);
        return new PoolTaken(pool, seen.held(), seen.lost(), seen.capacity(), ahead);
    }

    private static void lane(Handle handle, TenantId tenant, List<Waiting> reasons) {
        ExplanationStore.lane(handle, tenant)
                .ifPresent(lane -> {
                    if (lane.isSuspended()) {
                        reasons.add(new TenantSuspended());
                    }
                    if (lane.isPaused()) {
                        reasons.add(new LanePaused());
                    }
                    if (lane.isReserved()) {
                        reasons.add(new Reserved());
                    }
                    if (lane.running() >= lane.limit()) {
                        reasons.add(new LaneFull(lane.running(), lane.limit()));
                    }
                });
    }

    private void ready(Handle handle, JobId job, Place place, Instant now, List<Waiting> reasons) {
        String pool = place.pool();
        if (pool != null && ExplanationStore.pool(handle, pool).isTaken()) {
            int ahead = ExplanationStore.parkedBefore(handle, POOL + pool, Long.MAX_VALUE);
            reasons.add(taken(handle, pool, Waiting.Count.of(ahead)));
        }
        Rank rank = ExplanationStore.rank(handle, job, place);
        if (rank.higher() + rank.earlier() > 0) {
            reasons.add(
                    new Behind(
                            rank.priority(),
                            Waiting.Count.of(rank.higher()),
                            Waiting.Count.of(rank.earlier())));
        }
        workers(handle, now, reasons);
        if (reasons.isEmpty()) {
            reasons.add(new Next());
        }
    }

    private void workers(Handle handle, Instant now, List<Waiting> reasons) {
        ExplanationStore.Workers workers = ExplanationStore.workers(handle, now.minus(lease));
        if (workers.slots() == 0) {
            reasons.add(new NoWorker());
        } else if (workers.busy() >= workers.slots()) {
            reasons.add(new WorkersBusy(workers.slots()));
        }
    }
}
