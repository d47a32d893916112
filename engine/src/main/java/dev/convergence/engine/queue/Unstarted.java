package dev.convergence.engine.queue;

import dev.convergence.engine.event.Outbox;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.quota.QuotaLedger;
import dev.convergence.engine.quota.QuotaLedger.EndedChain;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How waiting jobs end that will never start: cancelled, or skipped behind a failed member of
/// their group. Their tickets are the caller's already.
final class Unstarted {

    private Unstarted() {}

    /// @return tenants that got a ticket, because a run of theirs waited behind one of these
    static Set<TenantId> end(
            Handle handle, List<Job> jobs, Outcome outcome, @Nullable String code, Instant now) {
        if (jobs.isEmpty()) {
            return new HashSet<>();
        }
        RunStore.unstarted(handle, jobs, outcome, code, now);
        List<Job> pipelines = jobs.stream().filter(Job::isPipeline).toList();
        pipelines.forEach(job -> count(handle, job, now));
        Outbox.append(
                handle,
                Outbox.RUN_RECORD,
                pipelines.stream().map(job -> new Outbox.Subject(job.tenant(), job.id())).toList(),
                now);
        return new HashSet<>(FlightStore.end(handle, jobs));
    }

    /// A run that was asked for and did not start costs nothing; a chain that was begun did.
    private static void count(Handle handle, Job job, Instant now) {
        if (job.origin().trigger() == TriggerType.RETRY) {
            QuotaLedger.settled(
                    handle, List.of(new EndedChain(job, QuotaLedger.Result.CANCELLED)), now);
        } else {
            QuotaLedger.giveBack(handle, job, now);
        }
    }
}
