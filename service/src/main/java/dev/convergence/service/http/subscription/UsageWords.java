package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.PipelineCountsAnswer;
import dev.convergence.api.subscription.RunCheckAnswer;
import dev.convergence.api.subscription.UsageAnswer;
import dev.convergence.api.subscription.UsageHistoryAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.Limits;
import dev.convergence.engine.subscription.PipelineCounts;
import dev.convergence.engine.subscription.RunCheck;
import dev.convergence.engine.subscription.Usage;
import java.util.List;

/// Usage's words on the wire.
final class UsageWords {

    private UsageWords() {}

    static UsageAnswer answer(Usage usage) {
        String tenant = usage.tenant().value();
        Usage.Day today = usage.today();
        return new UsageAnswer(
                tenant,
                tenant,
                today.date(),
                today.run(),
                today.succeeded(),
                today.failed(),
                today.cancelled(),
                usage.runMonth(),
                usage.running(),
                usage.running(),
                today.concurrentMax(),
                quota(usage.limits()),
                remaining(usage),
                usage.isNear(),
                usage.isExceeded(),
                today.warnedAt(),
                today.exceededAt(),
                today.lastStartedAt(),
                today.lastCompletedAt());
    }

    static UsageHistoryAnswer history(TenantId tenant, List<Usage.Day> days) {
        return new UsageHistoryAnswer(
                tenant.value(), tenant.value(), days.stream().map(UsageWords::day).toList());
    }

    static RunCheckAnswer answer(RunCheck check) {
        String tenant = check.usage().tenant().value();
        return new RunCheckAnswer(
                tenant,
                tenant,
                check.canRun(),
                remaining(check.usage()),
                check.usage().subscription().status().name(),
                check.reasons());
    }

    static PipelineCountsAnswer answer(TenantId tenant, PipelineCounts counts) {
        return new PipelineCountsAnswer(
                tenant.value(),
                tenant.value(),
                counts.configured(),
                counts.scheduledToday(),
                counts.running(),
                counts.completed(),
                counts.waiting(),
                counts.failed());
    }

    private static UsageHistoryAnswer.Day day(Usage.Day day) {
        return new UsageHistoryAnswer.Day(
                day.date(),
                day.run(),
                day.succeeded(),
                day.failed(),
                day.cancelled(),
                day.runMonth(),
                day.concurrentMax());
    }

    private static UsageAnswer.QuotaLimits quota(Limits limits) {
        return new UsageAnswer.QuotaLimits(limits.daily(), limits.monthly(), limits.concurrent());
    }

    private static UsageAnswer.Remaining remaining(Usage usage) {
        return new UsageAnswer.Remaining(
                usage.dailyRemaining(), usage.monthlyRemaining(), usage.concurrentRemaining());
    }
}
