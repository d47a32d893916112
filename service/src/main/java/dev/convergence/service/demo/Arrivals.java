package dev.convergence.service.demo;

import dev.convergence.service.config.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// How the demo's tenants get in: with the key of the last demo, else with one that the operator
/// issues, else by onboarding. What a tenant already has is left as it is.
final class Arrivals {

    private static final int KEY_DAYS = 30;

    private final URI server;
    private final Client operator;
    private final KeyFile keys;

    Arrivals(URI server, Client operator, KeyFile keys) {
        this.server = server;
        this.operator = operator;
        this.keys = keys;
    }

    Client arrive(DemoTenant tenant) throws InterruptedException {
        Optional<Secret> kept = keys.find(tenant);
        if (kept.isPresent() && works(tenant, kept.get())) {
            return Client.tenant(server, kept.get());
        }
        JsonNode answer =
                operator.finds("/api/v1/tenants/" + tenant.name())
                        ? issueKey(tenant)
                        : onboard(tenant);
        Secret key = new Secret(answer.path("api_key").asString());
        keys.put(tenant, key);
        return Client.tenant(server, key);
    }

    private boolean works(DemoTenant tenant, Secret key) throws InterruptedException {
        return Client.tenant(server, key).finds("/api/v1/tenants/" + tenant.name());
    }

    private JsonNode issueKey(DemoTenant tenant) throws InterruptedException {
        return operator.post(
                "/api/v1/tenants/" + tenant.name() + "/api-keys",
                Map.of("key_name", "demo", "expires_in_days", KEY_DAYS));
    }

    private JsonNode onboard(DemoTenant tenant) throws InterruptedException {
        return operator.post(
                "/api/v1/tenants/onboard",
                Map.of(
                        "tenant_id", tenant.name(),
                        "company_name", tenant.company(),
                        "admin_email", tenant.email(),
                        "subscription_plan", tenant.plan()));
    }
}
