package dev.convergence.engine.trail;

import dev.convergence.engine.id.TenantId;
import java.util.Set;

/// One thing of a tenant, as the audit log names it.
///
/// @param resources the nouns of the routes under which it is written
/// @param actions what counts as its history
public record Thing(TenantId tenant, Set<String> resources, String id, Set<String> actions) {}
