package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What tenants may run and have run.
@Command(name = "quota", description = "Shows limits and usage, and changes limits for a time.")
final class QuotaNoun extends Noun {

    private static final String OVERRIDES = "/tenants/{}/limits/overrides";
    private static final List<String> KINDS =
            List.of("daily", "monthly", "concurrent", "providers");

    @Command(description = "Shows each limit, what is used of it and when it resets.")
    void show() {
        Answer answer = session().get(As.EITHER, Route.of("/tenants/{}/limits", tenant()));
        JsonNode body = answer.json();
        if (!session().display().isTable()) {
            session().display().one(answer);
            return;
        }
        ObjectNode table = Json.MAPPER.createObjectNode();
        ArrayNode rows = table.putArray("limits");
        KINDS.forEach(kind -> rows.add(standing(kind, body.path(kind))));
        session()
                .display()
                .list(
                        answer,
                        table,
                        "limits",
                        List.of(
                                "limit_of",
                                "limit",
                                "used",
                                "remaining",
                                "percent",
                                "state",
                                "resets_at"));
    }

    private static JsonNode standing(String kind, JsonNode standing) {
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("limit_of", kind);
        standing.forEachEntry(row::set);
        return row;
    }

    @Command(description = "Shows today's and this month's counters.")
    void usage() {
        show(As.EITHER, Route.of("/tenants/{}/usage", tenant()));
    }

    @Command(description = "Shows the runs of each day.")
    void history(
            @Option(
                            names = "--days",
                            defaultValue = "30",
                            paramLabel = "N",
                            description = "1 to 366 (default: 30).")
                    int days) {
        list(
                As.EITHER,
                Route.of("/tenants/{}/usage/history", tenant()) + new Query().with("days", days),
                "days",
                "usage_date",
                "pipelines_run_today",
                "pipelines_succeeded_today",
                "pipelines_failed_today",
                "pipelines_cancelled_today",
                "pipelines_run_month",
                "max_concurrent_reached");
    }

    @Command(description = "Says whether a pipeline could run now, and every reason why not.")
    void check(
            @Parameters(
                            paramLabel = "PIPELINE",
                            arity = "0..1",
                            description = "tenant-provider-domain-template.")
                    @Nullable String pipeline) {
        post(
                As.EITHER,
                Route.of("/tenants/{}/validate", tenant()),
                new Body().with("pipeline_id", pipeline));
    }

    @Command(description = "Changes a tenant's limits, with the operator's key.")
    void set(
            @Parameters(paramLabel = "TENANT", description = "Its id.") String tenant,
            @Mixin Limits limits) {
        Body body = limits.body();
        send(As.OPERATOR, "PUT", Route.of("/tenants/{}/subscription/quota", tenant), body);
    }

    @Command(
            description = "Sets other limits until a time, with the operator's key.",
            footer = {
                "",
                "Example:",
                "  convergence quota override acme --until 2026-12-01T00:00:00Z --reason x --daily 50"
            })
    void override(
            @Parameters(paramLabel = "TENANT", description = "Its id.") String tenant,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "TIME",
                            description = "An instant, with Z.")
                    String until,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "TEXT",
                            description = "Kept for the record.")
                    String reason,
            @Mixin Limits limits) {
        Body body = limits.body().with("expires_at", until).with("reason", reason);
        send(As.OPERATOR, "PUT", Route.of(OVERRIDES, tenant), body);
    }

    @Command(description = "Lists all limits for a time that there were, the newest first.")
    void overrides(@Mixin Page page) {
        list(
                As.EITHER,
                Route.of(OVERRIDES, tenant()),
                page,
                "overrides",
                "created_at",
                "expires_at",
                "daily_limit",
                "monthly_limit",
                "concurrent_limit",
                "reason",
                "ended_at");
    }

    @Command(name = "end-override", description = "Takes them back before their time.")
    void endOverride(@Parameters(paramLabel = "TENANT", description = "Its id.") String tenant) {
        session().confirm("End the other limits of " + tenant + " now?");
        delete(As.OPERATOR, Route.of(OVERRIDES, tenant));
    }

    @Command(description = "Sets today's counters of all tenants to zero, with the operator's key.")
    void reset() {
        session().confirm("Set today's counters of all tenants to zero?");
        post(As.OPERATOR, Route.of("/scheduler/reset-daily-quotas"));
    }
}
