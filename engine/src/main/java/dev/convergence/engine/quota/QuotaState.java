package dev.convergence.engine.quota;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// A tenant's limits and what it has used of them, read under the lock of its usage row.
public record QuotaState(
        LocalDate day, int runToday, int runMonth, int dailyLimit, int monthlyLimit) {

    private static final double WARNING_SHARE = 0.8;

    public int remaining() {
        return Math.max(0, Math.min(dailyLimit - runToday, monthlyLimit - runMonth));
    }

    /// The state as it is once all that was left is taken.
    public QuotaState exhausted() {
        int left = remaining();
        return new QuotaState(day, runToday + left, runMonth + left, dailyLimit, monthlyLimit);
    }

    boolean warnsAfter(int more) {
        return isNear(runToday + more, dailyLimit) || isNear(runMonth + more, monthlyLimit);
    }

    private static boolean isNear(int used, int limit) {
        return limit > 0 && used >= WARNING_SHARE * limit;
    }

    private boolean dailyIsExhausted() {
        return runToday >= dailyLimit;
    }

    /// A sentence for the record of a run that was skipped.
    public String reason() {
        return dailyIsExhausted()
                ? "Quota exceeded: daily limit " + dailyLimit + " reached"
                : "Quota exceeded: monthly limit " + monthlyLimit + " reached";
    }

    /// The refusal of a run that somebody waits for.
    public EngineException refusal(Instant now) {
        boolean daily = dailyIsExhausted();
        LocalDate reset = daily ? day.plusDays(1) : day.withDayOfMonth(1).plusMonths(1);
        Instant resetsAt = reset.atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC);
        int used = daily ? runToday : runMonth;
        int limit = daily ? dailyLimit : monthlyLimit;
        return new EngineException(
                daily ? ErrorCode.DAILY_QUOTA_EXCEEDED : ErrorCode.MONTHLY_QUOTA_EXCEEDED,
                "%s pipeline quota exceeded (%d/%d). It resets at %s; a higher plan allows more."
                        .formatted(daily ? "Daily" : "Monthly", used, limit, resetsAt),
                List.of(),
                Map.of(
                        "limit", limit,
                        "used", used,
                        "remaining", 0,
                        "resets_at", resetsAt,
                        "retry_after", Math.max(1, Duration.between(now, resetsAt).toSeconds())));
    }
}
