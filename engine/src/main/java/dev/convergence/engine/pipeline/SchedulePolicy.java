package dev.convergence.engine.pipeline;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.time.Cadence;
import dev.convergence.engine.time.CronExpression;
import dev.convergence.engine.time.DstGap;
import dev.convergence.engine.time.DstOverlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a config's instants become runs, beyond its cron.
///
/// @param dstOverlap null leaves it to the cron, see [Cadence#of]
/// @param missedRunsMax how many of [MissedRuns#ALL] run
/// @param startDeadline how late an instant may still run; null is no limit
/// @param window over which the configs of one cron are spread; null fires on time
/// @param endAt no instant after it is due
/// @param maxRuns how many instants fire
/// @param pauseAfterFailures failed runs in a row after which the config is switched off
/// @param given what was asked for, checked; the rest are defaults
public record SchedulePolicy(
        DstGap dstGap,
        @Nullable DstOverlap dstOverlap,
        MissedRuns missedRuns,
        int missedRunsMax,
        @Nullable Duration startDeadline,
        Overlap overlap,
        @Nullable Duration window,
        @Nullable Instant endAt,
        @Nullable Integer maxRuns,
        @Nullable Integer pauseAfterFailures,
        Map<String, Object> given) {

    public static final int MISSED_RUNS_MAX_DEFAULT = 10;

    /// What NONE means where no deadline is given: a scheduler that looks every few seconds is in
    /// time, one that was away is not.
    private static final Duration DEADLINE_OF_NONE = Duration.ofMinutes(1);

    public static final SchedulePolicy DEFAULT =
            new SchedulePolicy(
                    DstGap.SHIFT_FORWARD,
                    null,
                    MissedRuns.LAST,
                    MISSED_RUNS_MAX_DEFAULT,
                    null,
                    Overlap.SKIP,
                    null,
                    null,
                    null,
                    null,
                    Map.of());

    /// @param given checked by [PolicyRules]
    public static SchedulePolicy of(Map<String, Object> given) {
        if (given.isEmpty()) {
            return DEFAULT;
        }
        return new SchedulePolicy(
                DstGap.valueOf(text(given, "dst_gap", DEFAULT.dstGap.name())),
                given.containsKey("dst_overlap")
                        ? DstOverlap.valueOf(text(given, "dst_overlap", ""))
                        : null,
                MissedRuns.valueOf(text(given, "missed_runs", DEFAULT.missedRuns.name())),
                given.get("missed_runs_max") instanceof Number max
                        ? max.intValue()
                        : MISSED_RUNS_MAX_DEFAULT,
                duration(given, "start_deadline"),
                Overlap.valueOf(text(given, "overlap", DEFAULT.overlap.name())),
                duration(given, "window"),
                given.get("end_at") instanceof String end ? Instant.parse(end) : null,
                number(given, "max_runs"),
                number(given, "pause_after_failures"),
                Map.copyOf(given));
    }

    private static String text(Map<String, Object> given, String name, String otherwise) {
        return given.get(name) instanceof String text ? text : otherwise;
    }

    private static @Nullable Duration duration(Map<String, Object> given, String name) {
        return given.get(name) instanceof String text ? Duration.parse(text) : null;
    }

    private static @Nullable Integer number(Map<String, Object> given, String name) {
        return given.get(name) instanceof Number number ? number.intValue() : null;
    }

    public Cadence cadence(CronExpression cron, ZoneId zone) {
        return Cadence.of(cron, zone, dstGap, dstOverlap);
    }

    /// How much later than its instants this config fires: the same for ever, and spread evenly
    /// over the window by the config's id.
    public Duration spread(ConfigId config) {
        if (window == null) {
            return Duration.ZERO;
        }
        long bits =
                config.value().getLeastSignificantBits() ^ config.value().getMostSignificantBits();
        bits = (bits ^ bits >>> 33) * 0xff51afd7ed558ccdL;
        bits = (bits ^ bits >>> 33) * 0xc4ceb9fe1a85ec53L;
        return Duration.ofSeconds(Long.remainderUnsigned(bits ^ bits >>> 33, window.toSeconds()));
    }

    /// How many of several due instants may run.
    public int runsMax() {
        return missedRuns == MissedRuns.ALL ? missedRunsMax : 1;
    }

    /// How late an instant may still run; null is no limit.
    public @Nullable Duration latestStart() {
        return startDeadline == null && missedRuns == MissedRuns.NONE
                ? DEADLINE_OF_NONE
                : startDeadline;
    }
}
