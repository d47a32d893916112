package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Obstacle;
import dev.convergence.engine.backfill.Backfill.Obstacle.Cause;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.backfill.StandingStore.Standing;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.pipeline.PipelineConfigs;
import dev.convergence.engine.queue.DueJobs;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries backfills out: writes down what has ended, and begins what may begin.
///
/// Any number of nodes may do it. Each step is one transaction under the backfill's row, and what
/// begins runs holds the tenant's usage row as well, as every acceptance does. A crash leaves all
/// of a step or nothing of it, and the next look of any node goes on from there.
public final class Backfiller implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(Backfiller.class);

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Database database;
    private final PipelineConfigs configs;
    private final Queue queue;
    private final Backfills backfills;
    private final RetryDefaults retries;
    private volatile boolean isBusy;

    public Backfiller(
            Database database,
            PipelineConfigs configs,
            Queue queue,
            Backfills backfills,
            RetryDefaults retries) {
        this.database = database;
        this.configs = configs;
        this.queue = queue;
        this.backfills = backfills;
        this.retries = retries;
    }

    /// How long to pause: shortly while something is under way.
    public Duration pause() {
        return isBusy ? SOON : IDLE;
    }

    @Override
    public boolean runOnce(Instant now) {
        List<Backfill> looks = database.read(handle -> BackfillStore.due(handle, now));
        isBusy = !looks.isEmpty();
        for (Backfill due : looks) {
            try {
                advance(due, now);
            } catch (RuntimeException failure) {
                LOG.warn("Backfill {} did not get on; it is tried again", due.id(), failure);
            }
        }
        return false;
    }

    private void advance(Backfill due, Instant now) {
        Optional<Backfill> noted = database.inTransaction(handle -> note(handle, due, now));
        if (noted.isEmpty()) {
            return;
        }
        Backfill backfill = noted.get();
        if (backfill.state() == State.CANCELLED && backfill.counts().live() > 0) {
            backfills.cancelLive(backfill, now);
        } else if (backfill.state() == State.RUNNING && room(backfill) > 0) {
            begin(backfill, now);
        }
    }

    private static int room(Backfill backfill) {
        Counts counts = backfill.counts();
        return Math.min(backfill.request().concurrentMax() - counts.live(), counts.waiting());
    }

    /// Writes down which runs have ended. Locks the backfill only, so whoever deletes the tenant
    /// and waits for it is not waited for.
    private static Optional<Backfill> note(Handle handle, Backfill due, Instant now) {
        Optional<Backfill> locked = BackfillStore.tryLock(handle, due.tenant(), due.id());
        return locked.map(before -> {
            DueJobs.fixPlans(handle);
            InstantStore.noteEnds(handle, before.id());
            Counts counts = InstantStore.count(handle, before.id());
            Backfill after = Transitions.counted(before, counts, before.obstacle(), now);
            BackfillStore.save(handle, after, nextLook(after, now));
            return after;
        });
    }

    /// Null when there is nothing to look for: until somebody resumes it, or for ever.
    private static @Nullable Instant nextLook(Backfill backfill, Instant now) {
        boolean rests = backfill.state() != State.RUNNING && backfill.counts().live() == 0;
        return rests || backfill.state() == State.COMPLETED
                ? null
                : now.plus(backfill.obstacle() == null ? SOON : LATER);
    }

    private void begin(Backfill backfill, Instant now) {
        Optional<PipelineConfig> config = config(backfill);
        if (config.isEmpty()) {
            backfills.cancel(
                    backfill.tenant(), backfill.id(), "Its pipeline config was deleted.", now);
            return;
        }
        boolean begun =
                database.inTransaction(handle -> begin(handle, backfill, config.get(), now));
        if (begun) {
            queue.committed(Set.of(backfill.tenant()));
        }
    }

    private Optional<PipelineConfig> config(Backfill backfill) {
        try {
            return Optional.of(configs.find(backfill.tenant(), backfill.config()));
        } catch (EngineException deleted) {
            return Optional.empty();
        }
    }

    /// The tenant and its usage row before the backfill: whoever deletes the tenant takes them in
    /// this order too.
    private boolean begin(Handle handle, Backfill noted, PipelineConfig config, Instant now) {
        TenantId tenant = noted.tenant();
        QuotaState quota = QuotaLedger.lock(handle, tenant, now);
        Optional<Backfill> locked = BackfillStore.lock(handle, tenant, noted.id());
        if (locked.isEmpty() || locked.get().state() != State.RUNNING) {
            return false;
        }
        DueJobs.fixPlans(handle);
        Backfill backfill = locked.get();
        Standing standing = StandingStore.of(handle, tenant, now);
        Spare spare = Spare.of(handle, tenant, quota);
        int places = places(handle, tenant, standing);
        Optional<Obstacle> obstacle = obstacle(standing, places, spare);
        int begun = 0;
        if (obstacle.isEmpty()) {
            int most = Math.min(room(backfill), Math.min(places, spare.now()));
            begun = new Batch(handle, backfill, config, retries, now).begin(queue, most);
            QuotaLedger.reserve(handle, tenant, quota, begun, now);
        }
        Counts counts = InstantStore.count(handle, backfill.id());
        Backfill after = Transitions.counted(backfill, counts, obstacle.orElse(null), now);
        BackfillStore.save(handle, after, nextLook(after, now));
        return begun > 0;
    }

    /// How many runs more the backfills of a tenant may have: one place of its lane stays free for
    /// what is scheduled, unless there is only one.
    private static int places(Handle handle, TenantId tenant, Standing standing) {
        int limit = standing.concurrentLimit();
        int share = limit > 1 ? limit - 1 : limit;
        return share - BackfillStore.live(handle, tenant);
    }

    private static Optional<Obstacle> obstacle(Standing standing, int places, Spare spare) {
        String refusal = standing.refusal();
        if (refusal != null) {
            return Optional.of(new Obstacle(Cause.TENANT, refusal));
        }
        if (places <= 0) {
            String because =
                    "The tenant's backfills have all places of its lane that they may take: %d may run at once, and one is kept for schedules where there are more."
                            .formatted(standing.concurrentLimit());
            return Optional.of(new Obstacle(Cause.LANE, because));
        }
        return spare.now() > 0
                ? Optional.empty()
                : Optional.of(new Obstacle(Cause.QUOTA, spare.because()));
    }
}
