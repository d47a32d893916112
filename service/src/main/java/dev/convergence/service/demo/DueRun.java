package dev.convergence.service.demo;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// A run that must come, because its config was made due.
///
/// @param client of the tenant
/// @param slot the instant since which it is due
record DueRun(
        DemoTenant tenant, DemoPipeline pipeline, Client client, String config, Instant slot) {

    /// Whether a run is this one, or a retry of it.
    boolean isSeenAs(JsonNode run) {
        return config.equals(run.path("config_id").asString(""))
                && slot.equals(Instant.parse(run.path("scheduled_time").asString()));
    }

    String label() {
        return tenant.name() + " " + pipeline.path();
    }
}
