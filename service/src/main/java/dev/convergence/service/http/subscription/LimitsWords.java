package dev.convergence.service.http.subscription;

import dev.convergence.api.subscription.LimitsAnswer;
import dev.convergence.api.subscription.LimitsAnswer.Standing;
import dev.convergence.api.subscription.OverrideAnswer;
import dev.convergence.engine.subscription.LimitOverride;
import dev.convergence.engine.subscription.Limits;
import dev.convergence.engine.subscription.Subscription;
import dev.convergence.engine.subscription.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// How each limit of a tenant stands, as words on the wire.
final class LimitsWords {

    private static final double SOFT_LIMIT = 80;

    private LimitsWords() {}

    static LimitsAnswer answer(Usage usage, Instant now) {
        String tenant = usage.tenant().value();
        Subscription subscription = usage.subscription();
        Limits limits = usage.limits();
        Limits booked = subscription.limits();
        LocalDate today = usage.today().date();
        LimitOverride override = usage.override();
        return new LimitsAnswer(
                tenant,
                tenant,
                subscription.plan().name(),
                SubscriptionWords.limits(
                        limits, subscription.teamMembersMax(), subscription.providersMax()),
                new LimitsAnswer.Use(
                        usage.providers(), usage.today().run(), usage.runMonth(), usage.running()),
                new LimitsAnswer.Use(
                        Math.max(0, subscription.providersMax() - usage.providers()),
                        usage.dailyRemaining(),
                        usage.monthlyRemaining(),
                        usage.concurrentRemaining()),
                standing(
                        limits.daily(),
                        usage.today().run(),
                        booked.daily(),
                        midnight(today.plusDays(1))),
                standing(
                        limits.monthly(),
                        usage.runMonth(),
                        booked.monthly(),
                        midnight(today.withDayOfMonth(1).plusMonths(1))),
                standing(limits.concurrent(), usage.running(), booked.concurrent(), null),
                standing(
                        subscription.providersMax(),
                        usage.providers(),
                        subscription.providersMax(),
                        null),
                usage.today().warnedAt(),
                usage.today().exceededAt(),
                override == null ? null : answer(override, now));
    }

    private static Standing standing(int limit, int used, int booked, @Nullable Instant resetsAt) {
        double percent = limit == 0 ? 100 : Math.round(1000.0 * used / limit) / 10.0;
        return new Standing(
                limit,
                used,
                Math.max(0, limit - used),
                percent,
                state(limit, used),
                resetsAt,
                booked == limit ? null : booked);
    }

    private static String state(int limit, int used) {
        if (used >= limit) {
            return "EXHAUSTED";
        }
        return 100.0 * used >= SOFT_LIMIT * limit ? "WARNING" : "OK";
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static OverrideAnswer answer(LimitOverride override, Instant now) {
        String tenant = override.tenant().value();
        return new OverrideAnswer(
                override.id().toString(),
                tenant,
                tenant,
                override.daily(),
                override.monthly(),
                override.concurrent(),
                override.reason(),
                override.createdBy(),
                override.createdAt(),
                override.expiresAt(),
                override.holds(now),
                override.endedAt(),
                override.endedBy());
    }
}
