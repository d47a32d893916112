package dev.convergence.cli;

import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The names and ids that may stand where a command line says TENANT, RUN, CONFIG and the like.
record Ids(Session session) {

    /// @param path `{}` stands for the tenant
    private record Place(As who, String path, String plural, String id, String about) {}

    private static final Map<String, Place> PLACES =
            Map.ofEntries(
                    entry(
                            "TENANT",
                            As.OPERATOR,
                            "/tenants",
                            "tenants",
                            "tenant_id",
                            "company_name"),
                    entry(
                            "KEY",
                            As.EITHER,
                            "/tenants/{}/api-keys",
                            "api_keys",
                            "api_key_id",
                            "key_name"),
                    entry(
                            "CREDENTIAL",
                            As.TENANT,
                            "/tenants/{}/credentials",
                            "credentials",
                            "credential_id",
                            "credential_name"),
                    entry("TEMPLATE", As.TENANT, "/pipelines/templates", "templates", "id", "name"),
                    entry(
                            "CONFIG",
                            As.EITHER,
                            "/scheduler/tenant/{}/pipelines",
                            "pipelines",
                            "config_id",
                            "pipeline_name"),
                    entry(
                            "RUN",
                            As.TENANT,
                            "/pipelines/runs",
                            "runs",
                            "pipeline_logging_id",
                            "state"),
                    entry("JOB", As.TENANT, "/jobs", "jobs", "job_id", "state"),
                    entry("JOB_RUN", As.TENANT, "/job-runs", "runs", "run_id", "status"),
                    entry(
                            "JOB_TEMPLATE",
                            As.TENANT,
                            "/job-templates",
                            "templates",
                            "template_id",
                            "name"),
                    entry("SCHEDULE", As.TENANT, "/schedules", "schedules", "schedule_id", "name"),
                    entry("GROUP", As.TENANT, "/job-groups", "job_groups", "group_id", "status"),
                    entry(
                            "BACKFILL",
                            As.EITHER,
                            "/tenants/{}/backfills",
                            "backfills",
                            "backfill_id",
                            "state"),
                    entry(
                            "ENDPOINT",
                            As.TENANT,
                            "/webhooks/endpoints",
                            "endpoints",
                            "endpoint_id",
                            "url"),
                    entry(
                            "DELIVERY",
                            As.TENANT,
                            "/webhooks/deliveries",
                            "deliveries",
                            "delivery_id",
                            "event"),
                    entry(
                            "CHANNEL",
                            As.EITHER,
                            "/tenants/{}/notifications/channels",
                            "channels",
                            "channel_id",
                            "name"),
                    entry(
                            "RULE",
                            As.EITHER,
                            "/tenants/{}/notifications/rules",
                            "rules",
                            "rule_id",
                            "name"),
                    entry(
                            "MESSAGE",
                            As.EITHER,
                            "/tenants/{}/notifications/history",
                            "deliveries",
                            "delivery_id",
                            "subject"),
                    entry("NODE", As.OPERATOR, "/scheduler/nodes", "nodes", "node_id", "state"),
                    entry("ENTRY", As.TENANT, "/audit", "entries", "audit_id", "action"),
                    entry("PLAN", As.ANYONE, "/plans", "plans", "plan_name", "monthly_price_usd"));

    private static Map.Entry<String, Place> entry(
            String label, As who, String path, String plural, String id, String about) {
        return Map.entry(label, new Place(who, path, plural, id, about));
    }

    /// Nothing where the server does not answer: a shell that waits for a key must not see errors.
    Stream<String> of(String label) {
        if (label.equals("CONTEXT")) {
            return new ContextFile(session.machine().contextFile()).read().all().keySet().stream();
        }
        Place place = PLACES.get(label);
        if (place == null) {
            return Stream.empty();
        }
        try {
            String path =
                    place.path.contains("{}")
                            ? Route.of(place.path, session.tenant())
                            : Route.of(place.path);
            return session.get(place.who, path)
                    .json()
                    .path(place.plural)
                    .valueStream()
                    .map(item -> line(place, item));
        } catch (Failure nobodyAnswers) {
            return Stream.empty();
        }
    }

    private static String line(Place place, JsonNode item) {
        return Style.plain(Table.cell(item.path(place.id)))
                + "\t"
                + Style.plain(Table.cell(item.path(place.about)));
    }
}
