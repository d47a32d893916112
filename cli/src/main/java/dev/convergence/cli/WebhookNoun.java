package dev.convergence.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where a tenant wants to be told what happens, and what it was told.
@Command(name = "webhook", description = "Manages endpoints and shows deliveries.")
final class WebhookNoun extends Noun {

    private static final String ENDPOINT = "/webhooks/endpoints/{}";
    private static final String DELIVERY = "/webhooks/deliveries/{}";

    @Command(
            description = "Makes an endpoint and shows its secret, once.",
            footer = {
                "",
                "Example:",
                "  convergence webhook create https://ops.example/hook -e 'pipeline.*'"
            })
    void create(
            @Parameters(paramLabel = "URL", description = "Where to send to.") String url,
            @Option(
                            names = {"-e", "--event"},
                            paramLabel = "EVENT",
                            description = "A name, or a family such as job.run.*; else all.")
                    @Nullable List<String> events,
            @Mixin Fields fields) {
        Body body = new Body().with("url", url).with("events", events);
        post(As.TENANT, Route.of("/webhooks/endpoints"), fields.over(body, session().machine()));
    }

    @Command(description = "Lists the endpoints, the newest first.")
    void list(@Mixin Page page) {
        list(
                As.TENANT,
                Route.of("/webhooks/endpoints"),
                page,
                "endpoints",
                "endpoint_id",
                "url",
                "events",
                "enabled",
                "max_attempts",
                "disabled_reason");
    }

    @Command(description = "Shows an endpoint, without its secret.")
    void show(@Parameters(paramLabel = "ENDPOINT", description = "Its id.") String endpoint) {
        show(As.TENANT, Route.of(ENDPOINT, endpoint));
    }

    @Command(
            description = "Changes what is given of an endpoint.",
            footer = {"", "Example:", "  convergence webhook update $ID --set enabled=false"})
    void update(
            @Parameters(paramLabel = "ENDPOINT", description = "Its id.") String endpoint,
            @Mixin Fields fields) {
        Body body = fields.over(new Body(), session().machine());
        send(As.TENANT, "PATCH", Route.of(ENDPOINT, endpoint), body);
    }

    @Command(description = "Deletes an endpoint; what waits for it ends FAILED.")
    void delete(@Parameters(paramLabel = "ENDPOINT", description = "Its id.") String endpoint) {
        session().confirm("Delete endpoint " + endpoint + "?");
        delete(As.TENANT, Route.of(ENDPOINT, endpoint));
    }

    @Command(description = "Sends a test to an endpoint.")
    void test(@Parameters(paramLabel = "ENDPOINT", description = "Its id.") String endpoint) {
        post(As.TENANT, Route.of(ENDPOINT + "/test", endpoint));
    }

    @Command(description = "Gives an endpoint another secret and shows it, once.")
    void rotate(
            @Parameters(paramLabel = "ENDPOINT", description = "Its id.") String endpoint,
            @Option(
                            names = "--overlap-seconds",
                            paramLabel = "N",
                            description = "How long both count (default: a day).")
                    @Nullable Integer overlap) {
        post(
                As.TENANT,
                Route.of(ENDPOINT + "/rotate-secret", endpoint),
                new Body().with("overlap_seconds", overlap));
    }

    @Command(description = "Lists deliveries, the newest first.")
    void deliveries(
            @Mixin Page page,
            @Option(names = "--run", paramLabel = "RUN", description = "Of one run.")
                    @Nullable String run,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "PENDING, DELIVERED or FAILED.")
                    @Nullable String state) {
        list(
                As.TENANT,
                Route.of("/webhooks/deliveries"),
                page.with("run_id", run).with("state", state),
                "deliveries",
                "delivery_id",
                "event",
                "run_id",
                "state",
                "attempt_count",
                "last_http_status",
                "created_at",
                "last_error");
    }

    @Command(description = "Shows a delivery with its attempts.")
    void delivery(@Parameters(paramLabel = "DELIVERY", description = "Its id.") String delivery) {
        show(As.TENANT, Route.of(DELIVERY, delivery));
    }

    @Command(description = "Sends a delivery again.")
    void redeliver(@Parameters(paramLabel = "DELIVERY", description = "Its id.") String delivery) {
        post(As.TENANT, Route.of(DELIVERY + "/redeliver", delivery));
    }
}
