package dev.convergence.engine.queue;

import dev.convergence.engine.group.GroupBook;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.group.NewGroup;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.sql.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Groups of jobs: put in, and cancelled. What follows the end of a member is part of its
/// settlement.
public final class Groups {

    /// A member that is always just being moved does not exist: something is wrong then.
    private static final int ROUNDS_MAX = 1_000;

    private static final String DEADLOCK = "40P01";

    private final Database database;

    public Groups(Database database) {
        this.database = database;
    }

    /// Puts a group in, in the caller's transaction; call [Queue#committed] when that is committed.
    /// Of a sequential one the first member may start; the others have places behind it.
    public JobGroup place(Handle handle, NewGroup wanted, Instant now) {
        JobGroup group = wanted.at(now);
        List<Job> members = wanted.jobs(group.id());
        GroupLockStore.insert(handle, group, now);
        if (group.isSequential()) {
            Placement.inSequence(handle, group, members);
        } else {
            Placement.ready(handle, members);
        }
        return group;
    }

    /// Cancels a group: what waits ends, what runs goes on to its end and is not tried again. One
    /// that has ended stays as it is.
    public void cancel(TenantId tenant, GroupId id, Instant now) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            if (isCancelled(tenant, id, now)) {
                return;
            }
        }
        throw new IllegalStateException("Members of group " + id + " were never in their places.");
    }

    /// Members that are pipelines give their quota back while the lane is held, which others lock
    /// the other way round. Rare enough to be tried again.
    private boolean isCancelled(TenantId tenant, GroupId id, Instant now) {
        try {
            return database.inTransaction(handle -> cancelWaiting(handle, tenant, id, now));
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof SQLException sql
                    && DEADLOCK.equals(sql.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    /// The lane keeps claims out, so that no member begins that was waiting. Whoever holds it waits
    /// for nobody: a ticket that is just being moved is passed over, and found by the next round.
    ///
    /// @return whether nothing waits any more
    private static boolean cancelWaiting(Handle handle, TenantId tenant, GroupId id, Instant now) {
        JobGroup group =
                GroupLockStore.lock(handle, tenant, id).orElseThrow(() -> GroupBook.none(id));
        if (group.hasEnded()) {
            return true;
        }
        GroupLockStore.requestCancel(handle, id, now);
        LaneStore.lock(handle, tenant);
        List<JobId> waiting = GroupMemberStore.waiting(handle, id);
        Collection<JobId> taken =
                waiting.isEmpty() ? List.of() : GroupTicketStore.take(handle, tenant, waiting);
        Unstarted.end(handle, JobStore.find(handle, taken), GroupPass.cancelled(), null, now);
        GroupPass.over(handle, GroupLockStore.lock(handle, List.of(id)), now);
        return taken.size() == waiting.size();
    }

    /// Ends what is left of cancellations whose process died between two rounds.
    public void finishCancellations(Instant now) {
        for (JobGroup group : database.read(GroupLockStore::beingCancelled)) {
            if (!database.read(handle -> GroupMemberStore.waiting(handle, group.id())).isEmpty()) {
                cancel(group.tenant(), group.id(), now);
            }
        }
    }
}
