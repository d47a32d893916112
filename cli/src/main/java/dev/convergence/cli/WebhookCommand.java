package dev.convergence.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where a tenant wants to be told what happens, and what it was told.
@Command(name = "webhook", description = "Manages endpoints and shows deliveries.")
final class WebhookCommand {

    private static final String ENDPOINTS = "/webhooks/endpoints";
    private static final String DELIVERIES = "/webhooks/deliveries";

    @Command(description = "Makes an endpoint and shows its secret, once.")
    void create(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "URL", description = "where to send to") String url,
            @Option(
                            names = {"-e", "--event"},
                            paramLabel = "EVENT",
                            description = "a name, or a family such as job.run.*; else all")
                    @Nullable List<String> events) {
        Map<String, Object> body = new HashMap<>(Map.of("url", url));
        if (events != null) {
            body.put("events", events);
        }
        output.one(connection.post(As.TENANT, ENDPOINTS, body));
    }

    @Command(description = "Lists the endpoints, the newest first.")
    void list(@Mixin Connection connection, @Mixin Output output, @Mixin Page page) {
        output.list(
                connection.get(As.TENANT, ENDPOINTS + page.query()),
                "endpoints",
                "endpoint_id",
                "url",
                "events",
                "enabled",
                "max_attempts",
                "disabled_reason");
    }

    @Command(description = "Sends a test to an endpoint.")
    void test(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "ENDPOINT", description = "its id") String endpoint) {
        output.one(connection.post(As.TENANT, path(ENDPOINTS, endpoint) + "/test", null));
    }

    @Command(description = "Gives an endpoint another secret and shows it, once.")
    void rotate(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "ENDPOINT", description = "its id") String endpoint) {
        output.one(connection.post(As.TENANT, path(ENDPOINTS, endpoint) + "/rotate-secret", null));
    }

    @Command(description = "Lists deliveries, the newest first.")
    void deliveries(
            @Mixin Connection connection,
            @Mixin Output output,
            @Mixin Page page,
            @Option(names = "--run", description = "of one run") @Nullable String run,
            @Option(names = "--state", description = "PENDING, DELIVERED or FAILED")
                    @Nullable String state) {
        String query = page.query() + wanted("&run_id=", run) + wanted("&state=", state);
        output.list(
                connection.get(As.TENANT, DELIVERIES + query),
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
    void delivery(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "DELIVERY", description = "its id") String delivery) {
        output.one(connection.get(As.TENANT, path(DELIVERIES, delivery)));
    }

    @Command(description = "Sends a delivery again.")
    void redeliver(
            @Mixin Connection connection,
            @Mixin Output output,
            @Parameters(paramLabel = "DELIVERY", description = "its id") String delivery) {
        output.one(connection.post(As.TENANT, path(DELIVERIES, delivery) + "/redeliver", null));
    }

    private static String path(String list, String id) {
        return list + "/" + Connection.encoded(id);
    }

    private static String wanted(String parameter, @Nullable String value) {
        return value == null ? "" : parameter + Connection.encoded(value);
    }
}
