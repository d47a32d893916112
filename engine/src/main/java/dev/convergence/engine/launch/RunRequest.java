package dev.convergence.engine.launch;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.TemplatePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Somebody's wish to run a pipeline now.
///
/// @param parameters checked against the template before
/// @param triggerBy free text: who asked
/// @param config the config whose run-now was asked for
/// @param priority 1 to 10
/// @param retriesMax null for what the template says
/// @param retryOf the failed attempt that somebody wants repeated; no automatic retry follows
/// @param repetition from which step on it is repeated; null for all of it
public record RunRequest(
        TenantId tenant,
        TemplatePath template,
        Map<String, Object> parameters,
        String triggerBy,
        @Nullable String userId,
        @Nullable ConfigId config,
        int priority,
        @Nullable Integer retriesMax,
        @Nullable String pool,
        @Nullable Job retryOf,
        @Nullable Repetition repetition) {

    public RunRequest(
            TenantId tenant,
            TemplatePath template,
            Map<String, Object> parameters,
            String triggerBy,
            @Nullable String userId,
            @Nullable ConfigId config,
            int priority,
            @Nullable Integer retriesMax,
            @Nullable String pool,
            @Nullable Job retryOf) {
        this(
                tenant,
                template,
                parameters,
                triggerBy,
                userId,
                config,
                priority,
                retriesMax,
                pool,
                retryOf,
                null);
    }
}
