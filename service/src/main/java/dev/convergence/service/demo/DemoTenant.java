package dev.convergence.service.demo;

import dev.convergence.engine.id.TenantId;
import java.util.List;

/// A tenant of the demo, with the pipelines that it wants.
record DemoTenant(
        TenantId id, String company, String email, String plan, List<DemoPipeline> pipelines) {

    DemoTenant {
        pipelines = List.copyOf(pipelines);
    }

    String name() {
        return id.value();
    }
}
