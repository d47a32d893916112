package dev.convergence.engine.launch;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobtemplate.RetryWish;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody's wish to have a job done: any type but a pipeline, which has a [RunRequest].
///
/// @param ties the group, the template, the schedule it belongs to
/// @param userId who asked; null for schedules
public record JobRequest(
        TenantId tenant,
        String type,
        Map<String, Object> params,
        int priority,
        RetryWish retry,
        Ties ties,
        TriggerType trigger,
        @Nullable String userId) {

    public static final int PRIORITY_MAX = 100;
}
