package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.Mailbag.Due;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How much this node is sending to whom, and how much more it may: so that a slow receiver keeps
/// only its own tenant waiting.
final class InFlight {

    static final int OF_ENDPOINT_MAX = 4;

    private static final int OF_TENANT_MAX = 8;
    private static final int MAX = 1_000;

    private final Map<UUID, Integer> ofEndpoint = new HashMap<>();
    private final Map<TenantId, Integer> ofTenant = new HashMap<>();
    private int all;

    /// How many more each endpoint may get; nothing for those that are full. Whose turn is first is
    /// a matter of luck, so that nobody is always last.
    synchronized Map<UUID, Integer> shares(List<Due> due) {
        List<Due> order = new ArrayList<>(due);
        Collections.shuffle(order);
        Map<UUID, Integer> shares = new LinkedHashMap<>();
        Map<TenantId, Integer> given = new HashMap<>(ofTenant);
        int free = MAX - all;
        for (Due one : order) {
            int share = Math.min(free, share(one, given));
            if (share > 0) {
                shares.put(one.receiver(), share);
                given.merge(one.tenant(), share, Integer::sum);
                free -= share;
            }
        }
        return shares;
    }

    private int share(Due due, Map<TenantId, Integer> given) {
        return Math.min(
                OF_ENDPOINT_MAX - ofEndpoint.getOrDefault(due.receiver(), 0),
                OF_TENANT_MAX - given.getOrDefault(due.tenant(), 0));
    }

    synchronized void began(Parcel parcel) {
        ofEndpoint.merge(parcel.receiver(), 1, Integer::sum);
        ofTenant.merge(parcel.tenant(), 1, Integer::sum);
        all++;
    }

    synchronized void ended(Parcel parcel) {
        ofEndpoint.computeIfPresent(parcel.receiver(), (_, count) -> lessOne(count));
        ofTenant.computeIfPresent(parcel.tenant(), (_, count) -> lessOne(count));
        all--;
    }

    /// Null takes the entry out.
    @SuppressWarnings("NullAway")
    private static Integer lessOne(int count) {
        return count > 1 ? count - 1 : null;
    }
}
