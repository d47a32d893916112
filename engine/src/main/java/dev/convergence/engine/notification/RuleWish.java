package dev.convergence.engine.notification;

import dev.convergence.engine.error.FieldFaults;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule as a tenant asks for it, or what to change of one; null leaves out.
public record RuleWish(
        @Nullable String name,
        @Nullable List<@Nullable String> events,
        @Nullable List<@Nullable UUID> channels,
        @Nullable List<@Nullable String> providers,
        @Nullable String pipelineId,
        @Nullable String severity,
        @Nullable Integer cooldownSeconds,
        @Nullable Boolean isFinalOnly,
        @Nullable Integer lateSeconds,
        @Nullable Integer daysBefore,
        @Nullable Boolean isEnabled) {

    static final int LATE_SECONDS_DEFAULT = 300;
    static final int DAYS_BEFORE_DEFAULT = 14;
    static final int CHANNELS_MAX = 20;

    private static final int COOLDOWN_SECONDS_MAX = 604_800;
    private static final int LATE_SECONDS_MAX = 86_400;
    private static final int DAYS_BEFORE_MAX = 90;
    private static final int TEXT_CHARACTERS_MAX = 200;
    private static final int PROVIDERS_MAX = 20;

    RuleWish to(List<UUID> others) {
        return new RuleWish(
                name,
                events,
                List.copyOf(others),
                providers,
                pipelineId,
                severity,
                cooldownSeconds,
                isFinalOnly,
                lateSeconds,
                daysBefore,
                isEnabled);
    }

    /// Finds what is wrong with what was given.
    void check(FieldFaults faults) {
        faults.range("cooldown_seconds", cooldownSeconds, 0, COOLDOWN_SECONDS_MAX);
        faults.range("late_seconds", lateSeconds, 1, LATE_SECONDS_MAX);
        faults.range("days_before", daysBefore, 1, DAYS_BEFORE_MAX);
        faults.word("severity", severity, Severity.class);
        faults.optionalText("pipeline_id", pipelineId, 1, TEXT_CHARACTERS_MAX);
        if (channels != null && (channels.isEmpty() || channels.size() > CHANNELS_MAX)) {
            faults.add("channel_ids", "LENGTH", "has 1 to " + CHANNELS_MAX + " ids of channels.");
        }
        if (providers != null
                && (providers.size() > PROVIDERS_MAX
                        || providers.stream().anyMatch(p -> p == null || p.isBlank()))) {
            faults.add("providers", "LENGTH", "has up to " + PROVIDERS_MAX + " names.");
        }
    }

    /// The events that were given; empty when none were.
    Optional<Set<NoticeEvent>> checkedEvents(FieldFaults faults) {
        if (events == null) {
            return Optional.empty();
        }
        EnumSet<NoticeEvent> found = EnumSet.noneOf(NoticeEvent.class);
        for (int i = 0; i < events.size(); i++) {
            String name = events.get(i);
            String word = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
            Optional<NoticeEvent> event =
                    NoticeEvent.of(word).filter(NoticeEvent.ofRules()::contains);
            event.ifPresent(found::add);
            if (event.isEmpty()) {
                faults.add("events[" + i + "]", "UNKNOWN_VALUE", "is one of " + known() + ".");
            }
        }
        if (events.isEmpty()) {
            faults.add("events", "REQUIRED", "has at least one of " + known() + ".");
        }
        return Optional.of(found);
    }

    /// A rule that asks for what never happens would be silent for ever, and nobody would know why.
    static void refuseNever(
            FieldFaults faults,
            Set<NoticeEvent> events,
            List<String> providers,
            @Nullable String pipelineId) {
        Optional<NoticeEvent> never = events.stream().filter(e -> !e.isOfPipelines()).findFirst();
        String field = pipelineId == null ? "providers" : "pipeline_id";
        if (never.isPresent() && (pipelineId != null || !providers.isEmpty())) {
            faults.add(field, "NEVER_HAPPENS", never.get().neverSentence());
        }
    }

    private static String known() {
        return NoticeEvent.ofRules().stream()
                .map(NoticeEvent::word)
                .collect(Collectors.joining(", "));
    }

    @Nullable Severity checkedSeverity() {
        return severity == null || severity.isBlank()
                ? null
                : Severity.valueOf(severity.strip().toUpperCase(Locale.ROOT));
    }

    List<String> checkedProviders() {
        return providers == null
                ? List.of()
                : providers.stream()
                        .map(p -> String.valueOf(p).strip().toUpperCase(Locale.ROOT))
                        .distinct()
                        .toList();
    }

    List<UUID> checkedChannels() {
        return channels == null ? List.of() : List.copyOf(channels.stream().distinct().toList());
    }
}
