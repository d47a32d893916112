package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.time.CronExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When configs come due next; instants missed meanwhile collapse into the one that is due.
final class NextFires {

    private record Rhythm(String cron, ZoneId zone) {

        Instant after(Instant now) {
            return CronExpression.parse(cron)
                    .next(now, zone)
                    .orElseThrow(() -> new IllegalStateException("A checked cron came to no end."));
        }
    }

    private NextFires() {}

    /// A batch has few rhythms and many configs: each rhythm is computed once.
    static Map<ConfigId, Instant> after(List<DueConfig> due, Instant now) {
        Map<Rhythm, Instant> byRhythm = new HashMap<>();
        Map<ConfigId, Instant> next = new LinkedHashMap<>();
        for (DueConfig config : due) {
            Rhythm rhythm = new Rhythm(config.cron(), config.zone());
            next.put(config.id(), byRhythm.computeIfAbsent(rhythm, r -> r.after(now)));
        }
        return next;
    }
}
