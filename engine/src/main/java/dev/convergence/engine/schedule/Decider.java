package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.pipeline.Overlap;
import dev.convergence.engine.queue.DueJobs.Flight;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.schedule.Candidate.Decided;
import dev.convergence.engine.slot.SlotOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of due instants, one after the other as if each came alone. Pure.
final class Decider {

    private static final String OVERLAP =
            "Already queued or running: the config's earlier run has not ended.";
    private static final String ONE_WAITS =
            "Already queued: a run waits for the end of the config's earlier run.";

    private final Map<TenantId, QuotaState> quotas;
    private final Flights flights;
    private final Map<TenantId, Integer> fired = new HashMap<>();
    private final Map<ConfigId, Integer> firedOf = new HashMap<>();
    private final Set<ConfigId> begun = new HashSet<>();

    /// What the queue says of earlier runs.
    ///
    /// @param begun jobs that began a flight of their own
    /// @param joined flights that are kept from ending, by key
    record Flights(Set<JobId> begun, Map<String, Flight> joined) {

        /// The jobs that are in flight because this batch put them there, or somebody before.
        Set<JobId> jobs() {
            Set<JobId> jobs = new HashSet<>(begun);
            joined.values().forEach(flight -> jobs.add(flight.job()));
            return jobs;
        }
    }

    private Decider(Map<TenantId, QuotaState> quotas, Flights flights) {
        this.quotas = quotas;
        this.flights = flights;
    }

    /// Those that fire unless an earlier run of theirs has not ended or others take what is left.
    static List<Candidate> hopeful(List<Candidate> candidates, Map<TenantId, QuotaState> quotas) {
        return candidates.stream()
                .filter(candidate -> candidate.config().refusal() == null)
                .filter(candidate -> candidate.config().failure() == null)
                .filter(candidate -> quota(quotas, candidate.config().tenant()).remaining() > 0)
                .toList();
    }

    /// @param candidates in the order in which they take what is left of their tenants' quotas
    /// @param flights of the hopeful ones
    /// @return what became of each; those are left out that come after their config's last run
    static List<Decided> decide(
            List<Candidate> candidates, Map<TenantId, QuotaState> quotas, Flights flights) {
        Decider decider = new Decider(quotas, flights);
        List<Decided> decided = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            if (!decider.hasHadAll(candidate)) {
                decided.add(decider.decide(candidate));
            }
        }
        return decided;
    }

    private boolean hasHadAll(Candidate candidate) {
        Integer most = candidate.config().policy().maxRuns();
        int before = candidate.config().cursor().firedRuns();
        return most != null && before + firedOf.getOrDefault(candidate.config().id(), 0) >= most;
    }

    private Decided decide(Candidate candidate) {
        DueConfig config = candidate.config();
        String refusal = config.refusal();
        if (refusal != null) {
            return Decided.skipped(candidate, SlotOutcome.SKIPPED_SUSPENDED, refusal);
        }
        String failure = config.failure();
        if (failure != null) {
            return Decided.skipped(candidate, SlotOutcome.SKIPPED_DISABLED, failure);
        }
        QuotaState quota = quota(quotas, config.tenant());
        if (quota.remaining() - fired.getOrDefault(config.tenant(), 0) < 1) {
            return Decided.skipped(
                    candidate, SlotOutcome.SKIPPED_QUOTA, quota.exhausted().reason());
        }
        Decided decided = candidate.isExclusive() ? inTurn(candidate) : Decided.fired(candidate);
        if (decided.isFired()) {
            fired.merge(config.tenant(), 1, Integer::sum);
            firedOf.merge(config.id(), 1, Integer::sum);
        }
        return decided;
    }

    private Decided inTurn(Candidate candidate) {
        ConfigId config = candidate.config().id();
        if (begun.contains(config)) {
            return Decided.waiting(candidate, List.of());
        }
        Flight flight = joined(candidate);
        if (flight == null
                ? flights.begun().contains(candidate.job().id())
                : flight.job().equals(candidate.job().id())) {
            begun.add(config);
            return Decided.fired(candidate);
        }
        return flight == null
                ? Decided.skipped(candidate, SlotOutcome.SKIPPED_OVERLAP, OVERLAP)
                : behind(candidate, flight);
    }

    /// Behind a run that began before.
    private Decided behind(Candidate candidate, Flight flight) {
        Overlap overlap = candidate.config().policy().overlap();
        if (overlap == Overlap.CANCEL_RUNNING) {
            List<JobId> replaced = new ArrayList<>(flight.waiting());
            replaced.add(flight.job());
            return Decided.waiting(candidate, replaced);
        }
        if (overlap == Overlap.SKIP) {
            return Decided.skipped(candidate, SlotOutcome.SKIPPED_OVERLAP, OVERLAP);
        }
        return flight.waiting().isEmpty()
                ? Decided.waiting(candidate, List.of())
                : Decided.skipped(candidate, SlotOutcome.SKIPPED_OVERLAP, ONE_WAITS);
    }

    private @Nullable Flight joined(Candidate candidate) {
        return flights.joined().get(String.valueOf(candidate.job().origin().flightKey()));
    }

    private static QuotaState quota(Map<TenantId, QuotaState> quotas, TenantId tenant) {
        return Objects.requireNonNull(quotas.get(tenant));
    }
}
