package dev.convergence.engine.launch;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.template.TemplatePath;

/// How often runs of a template are tried again of which neither their config nor whoever asked for
/// them says it.
///
/// Asked while a batch holds locks, so an answer must be at hand.
@FunctionalInterface
public interface RetryDefaults {

    RetryPolicy of(TenantId tenant, TemplatePath template);

    /// The same for all templates.
    static RetryDefaults always(RetryPolicy policy) {
        return (_, _) -> policy;
    }
}
