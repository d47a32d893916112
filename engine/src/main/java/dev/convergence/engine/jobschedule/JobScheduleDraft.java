package dev.convergence.engine.jobschedule;

import dev.convergence.engine.id.TemplateId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants a schedule to be; null leaves a field as it is, or at its default.
public record JobScheduleDraft(
        @Nullable TemplateId template,
        @Nullable String name,
        @Nullable String cron,
        @Nullable String timezone,
        @Nullable Boolean enabled,
        @Nullable Integer priority,
        @Nullable Map<String, Object> overrides) {

    public static JobScheduleDraft enabled(boolean enabled) {
        return new JobScheduleDraft(null, null, null, null, enabled, null, null);
    }
}
