package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.LimitsAnswer;
import dev.convergence.api.subscription.LimitsRequest;
import dev.convergence.api.subscription.PlansAnswer;
import dev.convergence.api.subscription.QuotaAnswer;
import dev.convergence.api.subscription.QuotaRequest;
import dev.convergence.api.subscription.SubscriptionAnswer;
import dev.convergence.api.subscription.SubscriptionChangeRequest;
import dev.convergence.api.subscription.UpgradeRequest;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.SubscriptionChange;
import dev.convergence.engine.subscription.SubscriptionChange.Bounds;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.subscription.Usages;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Plans and limits; a tenant reads its own, only the operator changes them.
@RestController
public final class SubscriptionRoutes {

    private final Subscriptions subscriptions;
    private final Usages usages;
    private final InstantSource clock;

    public SubscriptionRoutes(Subscriptions subscriptions, Usages usages, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.usages = usages;
        this.clock = clock;
    }

    @Access(Who.ANYONE)
    @GetMapping("/api/v1/plans")
    public PlansAnswer plans() {
        return SubscriptionWords.plans();
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({
        "/api/v1/tenants/{tenant_id}/subscription",
        "/api/v1/customers/{tenant_id}/subscription"
    })
    public SubscriptionAnswer get(@PathVariable("tenant_id") String tenant) {
        return SubscriptionWords.answer(subscriptions.get(new TenantId(tenant)));
    }

    @Access(Who.OPERATOR)
    @PutMapping({
        "/api/v1/tenants/{tenant_id}/subscription",
        "/api/v1/customers/{tenant_id}/subscription"
    })
    public SubscriptionAnswer change(
            @PathVariable("tenant_id") String tenant,
            @RequestBody SubscriptionChangeRequest request) {
        SubscriptionChange change = SubscriptionWords.change(request);
        return SubscriptionWords.answer(
                subscriptions.change(
                        new TenantId(tenant), change, Bounds.SUBSCRIPTION, clock.instant()));
    }

    @Access(Who.OPERATOR)
    @PostMapping({
        "/api/v1/tenants/{tenant_id}/subscription/upgrade",
        "/api/v1/customers/{tenant_id}/subscription/upgrade"
    })
    public SubscriptionAnswer upgrade(
            @PathVariable("tenant_id") String tenant, @RequestBody UpgradeRequest request) {
        return SubscriptionWords.answer(
                subscriptions.upgrade(
                        new TenantId(tenant), SubscriptionWords.newPlan(request), clock.instant()));
    }

    @Access(Who.OPERATOR)
    @PutMapping({
        "/api/v1/tenants/{tenant_id}/subscription/quota",
        "/api/v1/customers/{tenant_id}/subscription/quota"
    })
    public QuotaAnswer changeQuota(
            @PathVariable("tenant_id") String tenant, @RequestBody QuotaRequest request) {
        SubscriptionChange change =
                SubscriptionChange.limits(
                        request.dailyLimit(), request.monthlyLimit(), request.concurrentLimit());
        return SubscriptionWords.quota(
                subscriptions.change(new TenantId(tenant), change, Bounds.QUOTA, clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({"/api/v1/tenants/{tenant_id}/limits", "/api/v1/customers/{tenant_id}/limits"})
    public LimitsAnswer limits(@PathVariable("tenant_id") String tenant) {
        Instant now = clock.instant();
        return LimitsWords.answer(usages.today(new TenantId(tenant), now), now);
    }

    @Access(Who.OPERATOR)
    @PutMapping({"/api/v1/tenants/{tenant_id}/limits", "/api/v1/customers/{tenant_id}/limits"})
    public LimitsAnswer changeLimits(
            @PathVariable("tenant_id") String tenant, @RequestBody LimitsRequest request) {
        SubscriptionChange change =
                SubscriptionChange.limits(
                        request.dailyLimit(),
                        request.monthlyLimit(),
                        request.concurrentLimit(),
                        request.maxTeamMembers(),
                        request.maxProviders());
        subscriptions.change(new TenantId(tenant), change, Bounds.LIMITS, clock.instant());
        return limits(tenant);
    }
}
