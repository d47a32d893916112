package dev.convergence.service.demo;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The pipeline configs of a tenant: made once, then made due.
final class Schedules {

    private final DemoTenant tenant;
    private final Client client;
    private final String configs;

    Schedules(DemoTenant tenant, Client client) {
        this.tenant = tenant;
        this.client = client;
        this.configs = "/api/v1/scheduler/tenant/" + tenant.name() + "/pipelines";
    }

    /// The config of a pipeline: that of an earlier demo where there is one.
    String configure(DemoPipeline pipeline) throws InterruptedException {
        Optional<JsonNode> present =
                client.get(configs + "?is_active=true&limit=200")
                        .path("pipelines")
                        .valueStream()
                        .filter(config -> isOf(pipeline, config))
                        .findFirst();
        JsonNode config = present.isPresent() ? present.get() : create(pipeline);
        return config.path("config_id").asString();
    }

    /// Due since an instant that has just passed: the next look for due configs finds it.
    DueRun makeDue(DemoPipeline pipeline, String config, Instant slot) throws InterruptedException {
        client.patch(configs + "/" + config, Map.of("next_run_time", slot.toString()));
        return new DueRun(tenant, pipeline, client, config, slot);
    }

    private static boolean isOf(DemoPipeline pipeline, JsonNode config) {
        return pipeline.provider().equals(config.path("provider").asString(""))
                && pipeline.domain().equals(config.path("domain").asString(""))
                && pipeline.template().equals(config.path("template_name").asString(""))
                && pipeline.cron().equals(config.path("schedule_cron").asString(""));
    }

    private JsonNode create(DemoPipeline pipeline) throws InterruptedException {
        return client.post(
                configs,
                Map.of(
                        "provider", pipeline.provider(),
                        "domain", pipeline.domain(),
                        "pipeline_template", pipeline.template(),
                        "schedule_cron", pipeline.cron(),
                        "timezone", "UTC",
                        "parameters", Map.of("source", "landing")));
    }
}
