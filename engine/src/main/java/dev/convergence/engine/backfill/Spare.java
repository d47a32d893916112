package dev.convergence.engine.backfill;

import dev.convergence.engine.backfill.StandingStore.Rhythm;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.quota.QuotaState;
import dev.convergence.engine.time.CronExpression;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What is left of a tenant's quotas once its schedules have got what they will need.
///
/// A backfill that took the last unit of a day would have the evening's scheduled run skipped. So
/// it leaves as many as the schedules will fire until the day, and the month, is over.
///
/// @param keptToday units of today that schedules are expected to need; never more than are left
/// @param keptThisMonth the same of the month
record Spare(QuotaState quota, int keptToday, int keptThisMonth) {

    /// Bounds the work for a tenant without a limit to speak of.
    private static final int FIRES_MAX = 100_000;

    static Spare of(Handle handle, TenantId tenant, QuotaState quota) {
        Instant dayEnd = midnight(quota.day().plusDays(1));
        Instant monthEnd = midnight(quota.day().withDayOfMonth(1).plusMonths(1));
        int ofDay = bounded(quota.dailyLimit() - quota.runToday());
        int ofMonth = bounded(quota.monthlyLimit() - quota.runMonth());
        return new Spare(
                quota,
                fires(StandingStore.rhythms(handle, tenant, dayEnd, ofDay), dayEnd, ofDay),
                fires(StandingStore.rhythms(handle, tenant, monthEnd, ofMonth), monthEnd, ofMonth));
    }

    private static int bounded(int left) {
        return Math.min(Math.max(0, left), FIRES_MAX);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /// How often they fire before an instant; counted no further than it matters.
    private static int fires(List<Rhythm> rhythms, Instant end, int max) {
        int count = 0;
        for (Rhythm rhythm : rhythms) {
            CronExpression cron = CronExpression.parse(rhythm.cron());
            Optional<Instant> due = Optional.of(rhythm.next());
            while (count < max && due.isPresent() && due.get().isBefore(end)) {
                count++;
                due = cron.next(due.get(), rhythm.zone());
            }
        }
        return count;
    }

    int today() {
        return Math.max(0, quota.dailyLimit() - quota.runToday() - keptToday);
    }

    int thisMonth() {
        return Math.max(0, quota.monthlyLimit() - quota.runMonth() - keptThisMonth);
    }

    int now() {
        return Math.min(today(), thisMonth());
    }

    /// Why nothing is left, in a sentence.
    String because() {
        return today() == 0
                ? sentence("day", quota.runToday(), quota.dailyLimit(), keptToday)
                : sentence("month", quota.runMonth(), quota.monthlyLimit(), keptThisMonth);
    }

    private static String sentence(String period, int used, int limit, int kept) {
        return "Of the %d runs of the %s (UTC) %d are used and %d are kept for schedules. It goes on by itself when there are more."
                .formatted(limit, period, used, kept);
    }
}
