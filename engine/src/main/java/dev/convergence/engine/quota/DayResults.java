package dev.convergence.engine.quota;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.quota.QuotaLedger.EndedChain;
import dev.convergence.engine.quota.QuotaLedger.Result;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the chains of one tenant ended that it was accepted on one day.
record DayResults(TenantId tenant, LocalDate day, Map<Result, Integer> counts) {

    private record Key(TenantId tenant, LocalDate day) {}

    /// One for each tenant and day: a row is changed once by a statement.
    static Collection<DayResults> of(Collection<EndedChain> chains) {
        Map<Key, DayResults> days = new LinkedHashMap<>();
        for (EndedChain chain : chains) {
            Key key = new Key(chain.job().tenant(), QuotaLedger.acceptedOn(chain.job()));
            days.computeIfAbsent(key, DayResults::none)
                    .counts
                    .merge(chain.result(), 1, Integer::sum);
        }
        return days.values();
    }

    private static DayResults none(Key key) {
        return new DayResults(key.tenant(), key.day(), new EnumMap<>(Result.class));
    }

    int count(Result result) {
        return counts.getOrDefault(result, 0);
    }
}
