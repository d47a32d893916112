package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.Backfill.Counts;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.backfill.BackfillPlan.QuotaEffect;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.PipelineConfig;
import dev.convergence.engine.pipeline.PipelineConfigs;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one can do with backfills; [Backfiller] carries them out.
public final class Backfills {

    /// Unfinished ones of a tenant; each costs a look now and then.
    static final int UNFINISHED_MAX = 20;

    private final Database database;
    private final PipelineConfigs configs;
    private final Queue queue;

    public Backfills(Database database, PipelineConfigs configs, Queue queue) {
        this.database = database;
        this.configs = configs;
        this.queue = queue;
    }

    /// What a backfill would do if it were asked for now; changes nothing.
    public BackfillPlan plan(TenantId tenant, ConfigId id, Request request, Instant now) {
        PipelineConfig config = configs.find(tenant, id);
        List<PlannedInstant> instants = instants(config, request, now);
        int runs = (int) instants.stream().filter(PlannedInstant::isWanted).count();
        Spare spare =
                database.read(
                        handle -> Spare.of(handle, tenant, QuotaLedger.look(handle, tenant, now)));
        return new BackfillPlan(instants, effect(runs, spare));
    }

    private static QuotaEffect effect(int runs, Spare spare) {
        return new QuotaEffect(
                runs,
                spare.quota().dailyLimit(),
                spare.quota().runToday(),
                spare.keptToday(),
                spare.quota().monthlyLimit(),
                spare.quota().runMonth(),
                spare.keptThisMonth(),
                Math.min(runs, spare.now()),
                Math.min(runs, spare.thisMonth()));
    }

    /// Asks for a backfill. Without an instant to run it is over at once.
    ///
    /// @throws EngineException INVALID_FIELD; CONFLICT when the tenant has too many unfinished ones
    public Backfill create(
            TenantId tenant,
            ConfigId id,
            Request request,
            @Nullable String createdBy,
            Instant now) {
        PipelineConfig config = configs.find(tenant, id);
        List<Instant> wanted =
                instants(config, request, now).stream()
                        .filter(PlannedInstant::isWanted)
                        .map(PlannedInstant::dueAt)
                        .toList();
        Backfill backfill = asked(config, request, wanted.size(), createdBy, now);
        database.transact(handle -> insert(handle, backfill, wanted));
        return backfill;
    }

    private List<PlannedInstant> instants(PipelineConfig config, Request request, Instant now) {
        BackfillRules.check(request, config.zone(), now);
        List<Instant> due = DueInstants.of(config, request.start(), request.end(), now);
        return database.read(handle -> LedgerStore.pasts(handle, config.id(), due)).stream()
                .map(past -> planned(past, config, request))
                .toList();
    }

    private static PlannedInstant planned(Past past, PipelineConfig config, Request request) {
        return new PlannedInstant(
                past.dueAt(),
                request.carriesDate() ? Days.of(past.dueAt(), config, request) : null,
                past.outcome(),
                past.isLive() ? "LIVE" : past.last(),
                past.superfluous(request.mode()));
    }

    private static Backfill asked(
            PipelineConfig config,
            Request request,
            int total,
            @Nullable String createdBy,
            Instant now) {
        return new Backfill(
                BackfillId.next(now),
                config.tenant(),
                config.id(),
                request,
                total == 0 ? State.COMPLETED : State.RUNNING,
                new Counts(total, total, 0, 0, 0, 0, 0, 0),
                null,
                null,
                createdBy,
                now,
                now,
                total == 0 ? now : null);
    }

    private static void insert(Handle handle, Backfill backfill, List<Instant> instants) {
        if (BackfillStore.unfinished(handle, backfill.tenant()) >= UNFINISHED_MAX) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "The tenant has "
                            + UNFINISHED_MAX
                            + " unfinished backfills already; let one end, or cancel one.");
        }
        BackfillStore.insert(handle, backfill);
        InstantStore.insert(handle, backfill.id(), instants);
    }

    public Backfill find(TenantId tenant, BackfillId id) {
        return database.read(handle -> BackfillStore.find(handle, tenant, id))
                .orElseThrow(() -> unknown(id));
    }

    public List<Backfill> list(
            TenantId tenant,
            @Nullable ConfigId config,
            @Nullable State state,
            @Nullable BackfillId before,
            int limit) {
        return database.read(h -> BackfillStore.list(h, tenant, config, state, before, limit));
    }

    /// Its instants, the oldest first.
    public List<BackfillInstant> instants(
            TenantId tenant, BackfillId id, @Nullable Instant after, int limit) {
        find(tenant, id);
        return database.read(handle -> InstantStore.list(handle, id, after, limit));
    }

    /// Begins nothing more until it is resumed; what was begun goes on.
    public Backfill pause(TenantId tenant, BackfillId id, Instant now) {
        return database.inTransaction(handle -> {
            Backfill backfill = unfinished(handle, tenant, id);
            return save(handle, Transitions.paused(backfill, now), now);
        });
    }

    public Backfill resume(TenantId tenant, BackfillId id, Instant now) {
        return database.inTransaction(handle -> {
            Backfill backfill = unfinished(handle, tenant, id);
            return save(handle, Transitions.resumed(backfill, now), now);
        });
    }

    /// Begins nothing more and cancels what it has begun; one that was cancelled stays so.
    public Backfill cancel(TenantId tenant, BackfillId id, String reason, Instant now) {
        Backfill cancelled =
                database.inTransaction(handle -> cancelled(handle, tenant, id, reason, now));
        cancelLive(cancelled, now);
        return cancelled;
    }

    private static Backfill cancelled(
            Handle handle, TenantId tenant, BackfillId id, String reason, Instant now) {
        Backfill backfill = locked(handle, tenant, id);
        if (backfill.state() == State.CANCELLED) {
            return backfill;
        }
        refuseIfOver(backfill);
        InstantStore.cancelWaiting(handle, id, reason);
        Counts counts = InstantStore.count(handle, id);
        return save(handle, Transitions.cancelled(backfill, counts, reason, now), now);
    }

    /// A process may die before it gets here; [Backfiller] does it again until nothing is live.
    void cancelLive(Backfill backfill, Instant now) {
        List<JobId> live =
                database.read(handle -> InstantStore.liveAttempts(handle, backfill.id()));
        live.forEach(
                job -> queue.cancel(backfill.tenant(), job, "Its backfill was cancelled.", now));
    }

    private static Backfill save(Handle handle, Backfill backfill, Instant now) {
        BackfillStore.save(handle, backfill, now);
        return backfill;
    }

    private static Backfill unfinished(Handle handle, TenantId tenant, BackfillId id) {
        Backfill backfill = locked(handle, tenant, id);
        refuseIfOver(backfill);
        return backfill;
    }

    private static Backfill locked(Handle handle, TenantId tenant, BackfillId id) {
        return BackfillStore.lock(handle, tenant, id).orElseThrow(() -> unknown(id));
    }

    private static void refuseIfOver(Backfill backfill) {
        if (backfill.state().isOver()) {
            throw new EngineException(
                    ErrorCode.CONFLICT, "The backfill is " + backfill.state() + " already.");
        }
    }

    private static EngineException unknown(BackfillId id) {
        return EngineException.notFound("There is no backfill " + id + ".");
    }
}
