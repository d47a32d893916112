package dev.convergence.engine.schedule;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.quota.QuotaLedger.Reservation;
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
import java.util.TreeSet;

/// What a batch of decisions takes of its tenants' quotas.
final class Reservations {

    private Reservations() {}

    /// One for each tenant of which something fired, or for which nothing was left.
    static List<Reservation> of(List<Decided> decided, Map<TenantId, QuotaState> quotas) {
        Map<TenantId, Integer> fired = new HashMap<>();
        Set<TenantId> exceeded = new HashSet<>();
        for (Decided one : decided) {
            TenantId tenant = one.job().tenant();
            if (one.isFired()) {
                fired.merge(tenant, 1, Integer::sum);
            } else if (one.outcome() == SlotOutcome.SKIPPED_QUOTA) {
                exceeded.add(tenant);
            }
        }
        Set<TenantId> touched = new TreeSet<>(fired.keySet());
        touched.addAll(exceeded);
        List<Reservation> reservations = new ArrayList<>();
        for (TenantId tenant : touched) {
            QuotaState quota = Objects.requireNonNull(quotas.get(tenant));
            int runs = fired.getOrDefault(tenant, 0);
            reservations.add(new Reservation(tenant, quota, runs, exceeded.contains(tenant)));
        }
        return reservations;
    }
}
