package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run in the words in which the API answers who asks for it, so that both say the same. Port.
@FunctionalInterface
public interface RunDocuments {

    Map<String, @Nullable Object> of(TenantId tenant, RunFact run);
}
