package dev.convergence.benchmark.lists;

import java.util.LinkedHashMap;
import java.util.Map;

/// How much there is. One tenant has half of all runs and entries; the others share the rest.
///
/// @param waiting jobs that wait in the large tenant's queue
/// @param told deliveries of webhooks, and as many notifications
/// @param days over which the history is spread
record Scale(int runs, int tenants, int configs, int waiting, int entries, int told, int days) {

    private static final int TENANTS_MIN = 2;

    Scale {
        if (tenants < TENANTS_MIN || configs < 2 * tenants || days < 1) {
            throw new IllegalArgumentException(
                    "Give two tenants or more, two configs or more for each of them, and a day.");
        }
    }

    /// Of the large tenant: what the others leave.
    int configsOfLarge() {
        return configs - configsOfSmall() * (tenants - 1);
    }

    /// Of each of the others.
    int configsOfSmall() {
        return (configs - configs / 50) / (tenants - 1);
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("runs", String.valueOf(runs));
        facts.put("tenants", String.valueOf(tenants));
        facts.put("configs", String.valueOf(configs));
        facts.put("waiting", String.valueOf(waiting));
        facts.put("audit entries", String.valueOf(entries));
        facts.put("deliveries, and notifications", String.valueOf(told));
        facts.put("days", String.valueOf(days));
        return facts;
    }
}
