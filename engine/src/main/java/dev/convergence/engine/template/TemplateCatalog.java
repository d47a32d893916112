package dev.convergence.engine.template;

import dev.convergence.engine.id.TenantId;
import java.util.List;
import java.util.Optional;

/// The templates that a tenant may run: its own overrides first, then the folder's, then the
/// bundled.
public interface TemplateCatalog {

    Optional<Template> find(TenantId tenant, TemplatePath path);

    List<Template> list(TenantId tenant);
}
