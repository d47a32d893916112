package dev.convergence.engine.schedule;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.schedule.Candidate.Decided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Decides what becomes of due configs, one after the other as if each came alone. Pure.
final class Decider {

    private static final String OVERLAP =
            "Already queued or running: the config's earlier run has not ended.";

    private final Map<TenantId, QuotaState> quotas;
    private final Set<JobId> inFlight;
    private final Map<TenantId, Integer> fired = new HashMap<>();

    private Decider(Map<TenantId, QuotaState> quotas, Set<JobId> inFlight) {
        this.quotas = quotas;
        this.inFlight = inFlight;
    }

    /// Those that fire unless an earlier run of theirs has not ended or others take what is left.
    static List<Candidate> hopeful(List<Candidate> candidates, Map<TenantId, QuotaState> quotas) {
        return candidates.stream()
                .filter(candidate -> candidate.config().refusal() == null)
                .filter(candidate -> quota(quotas, candidate.config().tenant()).remaining() > 0)
                .toList();
    }

    /// @param candidates in the order in which they take what is left of their tenants' quotas
    /// @param inFlight the jobs of the hopeful ones that have no earlier run under way
    static List<Decided> decide(
            List<Candidate> candidates, Map<TenantId, QuotaState> quotas, Set<JobId> inFlight) {
        Decider decider = new Decider(quotas, inFlight);
        List<Decided> decided = new ArrayList<>(candidates.size());
        candidates.forEach(candidate -> decided.add(decider.decide(candidate)));
        return decided;
    }

    private Decided decide(Candidate candidate) {
        TenantId tenant = candidate.config().tenant();
        QuotaState quota = quota(quotas, tenant);
        String refusal = candidate.config().refusal();
        if (refusal != null) {
            return new Decided(candidate, SlotOutcome.SKIPPED_SUSPENDED, refusal);
        }
        if (quota.remaining() - fired.getOrDefault(tenant, 0) < 1) {
            String reason = quota.exhausted().reason();
            return new Decided(candidate, SlotOutcome.SKIPPED_QUOTA, reason);
        }
        if (!inFlight.contains(candidate.job().id())) {
            return new Decided(candidate, SlotOutcome.SKIPPED_OVERLAP, OVERLAP);
        }
        fired.merge(tenant, 1, Integer::sum);
        return new Decided(candidate, SlotOutcome.FIRED, null);
    }

    private static QuotaState quota(Map<TenantId, QuotaState> quotas, TenantId tenant) {
        return Objects.requireNonNull(quotas.get(tenant));
    }
}
