package dev.convergence.service.http.health;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.subscription.Share;
import dev.convergence.engine.subscription.Usages;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the busiest tenants use of their limits, as of the last look; every node tells the same.
public final class TenantMeters implements Duty {

    private static final int TENANTS_MAX = 1_000;

    private final Usages usages;
    private final PipelineMeters meters;
    private Set<TenantId> shown = Set.of();

    public TenantMeters(Usages usages, PipelineMeters meters) {
        this.usages = usages;
        this.meters = meters;
    }

    @Override
    public boolean runOnce(Instant now) {
        List<Share> shares = usages.busiest(TENANTS_MAX, now);
        shares.forEach(this::show);
        Set<TenantId> seen = shares.stream().map(Share::tenant).collect(Collectors.toSet());
        shown.stream()
                .filter(tenant -> !seen.contains(tenant))
                .forEach(tenant -> show(new Share(tenant, 0, 0, 0, 0)));
        shown = seen;
        return false;
    }

    private void show(Share share) {
        meters.active(share.tenant(), share.running());
        meters.quotaUtilization(share.tenant(), "DAILY", share.daily());
        meters.quotaUtilization(share.tenant(), "MONTHLY", share.monthly());
        meters.quotaUtilization(share.tenant(), "CONCURRENT", share.concurrent());
    }
}
