package dev.convergence.engine;

import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.Notices;
import dev.convergence.engine.notification.Notices.News;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.engine.webhook.Happening;
import dev.convergence.engine.webhook.Happenings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// What happens in rooms that know nothing of webhooks and notifications, noted for those who want
/// to hear of it.
final class Tellings {

    private Tellings() {}

    static void ofQuotas(Handle handle, List<QuotaAlarm> alarms, Instant now) {
        Happenings.append(handle, alarms.stream().map(Tellings::ofQuota).toList(), now);
        Notices.append(handle, alarms.stream().map(Tellings::news).toList(), now);
    }

    private static Happening ofQuota(QuotaAlarm alarm) {
        return Happening.ofQuota(
                alarm.tenant(),
                alarm.isExceeded() ? EventName.QUOTA_EXHAUSTED : EventName.QUOTA_WARNING,
                used(alarm));
    }

    private static News news(QuotaAlarm alarm) {
        NoticeEvent event =
                alarm.isExceeded() ? NoticeEvent.QUOTA_EXCEEDED : NoticeEvent.QUOTA_WARNING;
        return new News(
                alarm.tenant(),
                event,
                "quota:" + event.word() + ":" + alarm.day(),
                "quota",
                used(alarm));
    }

    private static Map<String, Object> used(QuotaAlarm alarm) {
        return Map.of(
                "usage_date", alarm.day().toString(),
                "pipelines_run_today", alarm.today().runs(),
                "daily_limit", alarm.today().limit(),
                "pipelines_run_month", alarm.month().runs(),
                "monthly_limit", alarm.month().limit());
    }
}
