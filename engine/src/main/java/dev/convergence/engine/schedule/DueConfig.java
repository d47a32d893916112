package dev.convergence.engine.schedule;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.pipeline.SchedulePolicy;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.time.Cadence;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A config that has come due, locked by the transaction that read it.
///
/// @param spread how much later than its instants it fires
/// @param refusal why the tenant may not run anything now; null when it may
/// @param failure why the config is to be switched off; null when it is not
record DueConfig(
        ConfigId id,
        TenantId tenant,
        TemplatePath template,
        Cadence cadence,
        SchedulePolicy policy,
        Duration spread,
        Map<String, Object> parameters,
        int priority,
        Map<String, Object> retry,
        Cursor cursor,
        @Nullable String refusal,
        @Nullable String failure) {

    RetryPolicy retryPolicy(RetryDefaults defaults) {
        return defaults.of(tenant, template).changed(retry);
    }
}
