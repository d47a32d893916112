package dev.convergence.engine.notification;

import dev.convergence.engine.notification.Notices.News;
import dev.convergence.engine.notification.WatchStore.ExpiringKey;
import dev.convergence.engine.notification.WatchStore.LateSlot;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Looks for what nothing writes down when it happens: slots that fired late, keys that expire.
///
/// Looking costs those who fire slots nothing. Each is noted once, by whichever node comes first.
public final class Watch implements Predicate<Instant> {

    /// An outage may hide a late slot from us for so long.
    private static final Duration LOOK_BACK = Duration.ofHours(6);

    /// Longer than a key's warning or a cool-down can matter.
    private static final Duration REMEMBERED = Duration.ofDays(100);

    private final Database database;

    public Watch(Database database) {
        this.database = database;
    }

    @Override
    public boolean test(Instant now) {
        database.transact(handle -> {
            Instant from = now.minus(LOOK_BACK);
            Stream<News> late = WatchStore.late(handle, from, now).stream().map(Watch::news);
            Stream<News> keys =
                    WatchStore.expiring(handle, now).stream().map(key -> news(key, now));
            note(handle, Stream.concat(late, keys).toList(), now);
            WatchStore.forget(handle, now.minus(REMEMBERED));
        });
        return true;
    }

    private static void note(Handle handle, List<News> news, Instant now) {
        if (!news.isEmpty()) {
            Set<String> untold = WatchStore.notTold(handle, news, now);
            Notices.append(
                    handle, news.stream().filter(n -> untold.contains(n.fact())).toList(), now);
        }
    }

    private static News news(LateSlot slot) {
        return new News(
                slot.tenant(),
                NoticeEvent.SLOT_LATE,
                "slot:" + slot.config() + ":" + slot.dueAt(),
                slot.config().toString(),
                Map.of(
                        "config_id", slot.config().toString(),
                        "what", slot.pipelineName(),
                        "pipeline_id", slot.pipelineId(),
                        "provider", RunNotices.provider(slot.tenant(), slot.pipelineId()),
                        "due_at", slot.dueAt().toString(),
                        "fired_at", slot.firedAt().toString(),
                        "late_seconds", slot.lateSeconds()));
    }

    /// Once when it comes near, and once more on its last day.
    private static News news(ExpiringKey key, Instant now) {
        Duration left = Duration.between(now, key.expiresAt());
        boolean isLastDay = !left.minusDays(1).isPositive();
        return new News(
                key.tenant(),
                NoticeEvent.KEY_EXPIRING,
                "key:" + key.key() + (isLastDay ? ":last" : ":near"),
                key.key().toString(),
                Map.of(
                        "key_id", key.key().toString(),
                        "what", key.name(),
                        "expires_at", key.expiresAt().toString(),
                        "days_left", left.toDays()));
    }
}
