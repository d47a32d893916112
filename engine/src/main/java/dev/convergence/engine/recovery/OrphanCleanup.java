package dev.convergence.engine.recovery;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.HeldPermits;
import dev.convergence.engine.queue.Judge;
import dev.convergence.engine.queue.LostWork;
import dev.convergence.engine.queue.LostWork.Lost;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.queue.Settler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Ends pipeline runs that have lasted longer than an operator allows.
public final class OrphanCleanup {

    private final HeldPermits permits;
    private final LostWork lostWork;
    private final Settler settler;
    private final Judge judge;

    public OrphanCleanup(HeldPermits permits, LostWork lostWork, Settler settler, Judge judge) {
        this.permits = permits;
        this.lostWork = lostWork;
        this.settler = settler;
        this.judge = judge;
    }

    /// @return how many runs of each tenant were ended
    public Map<TenantId, Integer> clean(Duration timeout, Instant now) {
        Outcome.Failed timedOut =
                Outcome.Failed.of(
                        "Orphan cleanup: TIMEOUT, the run lasted longer than "
                                + timeout.toMinutes()
                                + " minutes (> "
                                + timeout.toMinutes()
                                + " minutes).",
                        "TIMEOUT",
                        true);
        Map<TenantId, Integer> cleaned = new TreeMap<>();
        List<Lost> orphans = lostWork.pipelinesClaimedBefore(now.minus(timeout));
        while (!orphans.isEmpty()) {
            permits.keep(orphans.stream().map(lost -> lost.claim().job().id()).toList(), now);
            int ended = settler.settleNow(orphans, job -> judge.judge(job, timedOut)).size();
            orphans.forEach(lost -> cleaned.merge(lost.claim().job().tenant(), 1, Integer::sum));
            orphans = ended == 0 ? List.of() : lostWork.pipelinesClaimedBefore(now.minus(timeout));
        }
        return cleaned;
    }
}
