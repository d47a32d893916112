package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.LimitsBody;
import dev.convergence.api.subscription.PlansAnswer;
import dev.convergence.api.subscription.QuotaAnswer;
import dev.convergence.api.subscription.SubscriptionAnswer;
import dev.convergence.api.subscription.SubscriptionChangeRequest;
import dev.convergence.api.subscription.UpgradeRequest;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.subscription.Limits;
import dev.convergence.engine.subscription.Plan;
import dev.convergence.engine.subscription.Subscription;
import dev.convergence.engine.subscription.SubscriptionChange;
import dev.convergence.engine.subscription.SubscriptionStatus;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.stream.Stream;

/// Subscriptions' words on the wire and in the engine.
final class SubscriptionWords {

    private SubscriptionWords() {}

    static SubscriptionAnswer answer(Subscription subscription) {
        String tenant = subscription.tenant().value();
        return new SubscriptionAnswer(
                subscription.id(),
                tenant,
                tenant,
                subscription.plan().name(),
                subscription.plan().name(),
                subscription.status().name(),
                subscription.status().isUsable(),
                limits(subscription),
                trial(subscription),
                billing(subscription),
                subscription.createdAt(),
                subscription.updatedAt());
    }

    static QuotaAnswer quota(Subscription subscription) {
        String tenant = subscription.tenant().value();
        Limits limits = subscription.limits();
        return new QuotaAnswer(
                tenant,
                tenant,
                limits.daily(),
                limits.monthly(),
                limits.concurrent(),
                LocalDate.ofInstant(subscription.updatedAt(), ZoneOffset.UTC),
                subscription.updatedAt());
    }

    static PlansAnswer plans() {
        return new PlansAnswer(
                Stream.of(Plan.values())
                        .map(plan ->
                                new PlansAnswer.PlanBody(
                                        plan.name(),
                                        limits(
                                                plan.limits(),
                                                plan.teamMembersMax(),
                                                plan.providersMax()),
                                        plan.monthlyPriceUsd()))
                        .toList());
    }

    static SubscriptionChange change(SubscriptionChangeRequest request) {
        FieldFaults faults = new FieldFaults();
        Plan plan = faults.word("plan_name", request.planName(), Plan.class);
        SubscriptionStatus status =
                faults.word("status", request.status(), SubscriptionStatus.class);
        faults.refuseIfAny();
        return new SubscriptionChange(
                plan,
                status,
                request.dailyLimit(),
                request.monthlyLimit(),
                request.concurrentLimit(),
                request.maxTeamMembers(),
                request.maxProviders(),
                request.trialEndDate(),
                request.subscriptionStartDate(),
                request.subscriptionEndDate());
    }

    /// An upgrade for later is refused, because nothing would carry it out.
    static Plan newPlan(UpgradeRequest request) {
        FieldFaults faults = new FieldFaults();
        faults.text("new_plan", request.newPlan(), 1, 50);
        Plan plan = faults.word("new_plan", request.newPlan(), Plan.class);
        if (Boolean.FALSE.equals(request.effectiveImmediately())) {
            faults.add("effective_immediately", "UNSUPPORTED", "is true: upgrades hold at once.");
        }
        faults.refuseIfAny();
        return Objects.requireNonNull(plan);
    }

    static LimitsBody limits(Subscription subscription) {
        return limits(
                subscription.limits(), subscription.teamMembersMax(), subscription.providersMax());
    }

    static LimitsBody limits(Limits limits, int teamMembersMax, int providersMax) {
        return new LimitsBody(
                teamMembersMax,
                providersMax,
                limits.daily(),
                limits.monthly(),
                limits.concurrent(),
                limits.daily(),
                limits.monthly(),
                limits.concurrent());
    }

    private static SubscriptionAnswer.TrialInfo trial(Subscription subscription) {
        return new SubscriptionAnswer.TrialInfo(
                subscription.status() == SubscriptionStatus.TRIAL,
                subscription.trialStart(),
                subscription.trialEnd());
    }

    private static SubscriptionAnswer.Billing billing(Subscription subscription) {
        return new SubscriptionAnswer.Billing(
                subscription.start(),
                subscription.end(),
                subscription.billingCycle(),
                subscription.monthlyPriceUsd(),
                subscription.autoRenew());
    }
}
