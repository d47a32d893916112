package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.template.TemplatePath;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A config that has come due, locked by the transaction that read it.
///
/// @param refusal why the tenant may not run anything now; null when it may
record DueConfig(
        ConfigId id,
        TenantId tenant,
        TemplatePath template,
        String cron,
        ZoneId zone,
        Map<String, Object> parameters,
        int priority,
        Map<String, Object> retry,
        Instant dueAt,
        @Nullable String refusal) {

    RetryPolicy retryPolicy(RetryPolicy standard) {
        return standard.changed(retry);
    }
}
