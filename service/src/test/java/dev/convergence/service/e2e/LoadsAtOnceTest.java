package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.MigratedDatabase;
import dev.convergence.service.RunningServer;
import dev.convergence.service.ServerProcesses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two nodes in processes of their own, on one database and one folder of data sets: two tenants
/// load at once, each of them two providers, while people read.
class LoadsAtOnceTest {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int ROUNDS = 3;
    private static final int LINES = 3_000;

    @TempDir Path folder;

    private ServerProcesses servers;
    private List<URI> nodes;
    private Tenant acme;
    private Tenant globex;

    /// @param paths its pipelines
    private record Tenant(String id, String key, List<String> paths) {

        Caller at(URI node) {
            return new Caller(node, List.of("X-API-Key", key));
        }
    }

    @BeforeEach
    void two_nodes_share_all_folders() throws IOException {
        Path landing = Files.createDirectories(folder.resolve("landing"));
        Path warehouse = Files.createDirectories(folder.resolve("warehouse"));
        for (String node : List.of("data0", "data1")) {
            Files.createDirectories(folder.resolve(node));
            Files.createSymbolicLink(folder.resolve(node + "/warehouse"), warehouse);
        }
        servers =
                new ServerProcesses(
                        folder,
                        MigratedDatabase.url(),
                        Map.of(
                                "CONVERGENCE_WORKERS",
                                "3",
                                "CONVERGENCE_LANDING_DIR",
                                landing.toString()));
        nodes = List.of(servers.start().address(), servers.start().address());
        acme = onboarded("acme_corp", "oci/cost/cost_analysis", "focus/cost/import");
        globex =
                onboarded(
                        "globex_inc",
                        "gcp/cost/cost_billing",
                        "openai/observability/usage_tracking");
        land("acme_corp/oci/cost/a.csv", OCI_HEADER + OCI_LINE.repeat(LINES));
        land("acme_corp/focus/cost/a.csv", FOCUS_HEADER + FOCUS_LINE.repeat(LINES));
        land("globex_inc/gcp/cost/a.jsonl", GCP_LINE.repeat(LINES));
        land("globex_inc/openai/observability/a.jsonl", OPENAI_LINE);
    }

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void nobody_notices_the_others() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> readers =
                    nodes.stream()
                            .map(node -> people.submit(() -> answersUntil(over, node)))
                            .toList();
            for (int round = 0; round < ROUNDS; round++) {
                loadAll(round);
            }
            over.set(true);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
        assertThat(rows(acme))
                .isEqualTo("[[\"aws\",%d,\"600\"],[\"oci\",%d,\"300\"]]".formatted(LINES, LINES));
        assertThat(rows(globex))
                .isEqualTo("[[\"gcp\",%d,\"750\"],[\"openai\",1,\"7\"]]".formatted(LINES));
    }

    /// Every pipeline of both tenants, asked for at once at one node or the other.
    private void loadAll(int round) {
        List<String> runs = new ArrayList<>();
        List<Caller> callers = new ArrayList<>();
        int turn = round;
        for (int pipeline = 0; pipeline < 2; pipeline++) {
            for (Tenant tenant : List.of(acme, globex)) {
                Caller caller = tenant.at(nodes.get(turn++ % nodes.size()));
                String path = tenant.id() + "/" + tenant.paths().get(pipeline);
                Map<String, Object> body = Map.of("parameters", Map.of("source", "landing"));
                runs.add(
                        caller.post("/pipelines/run/" + path, body)
                                .isOk()
                                .get("pipeline_logging_id"));
                callers.add(caller);
            }
        }
        for (int i = 0; i < runs.size(); i++) {
            JsonNode run = ended(callers.get(i), runs.get(i));
            assertThat(run.path("state").asString()).as(run.toString()).isEqualTo("COMPLETED");
            assertThat(run.path("error_message").isNull()).as(run.toString()).isTrue();
        }
    }

    private static JsonNode ended(Caller caller, String run) {
        eventually(
                "run " + run + " ends",
                SOON,
                () ->
                        List.of("COMPLETED", "FAILED", "CANCELLED")
                                .contains(House.state(caller, run)));
        return caller.get("/pipelines/runs/" + run).isOk().json();
    }

    /// How many questions were answered; none is refused because of a load.
    private int answersUntil(AtomicBoolean over, URI node) {
        int answers = 0;
        while (!over.get()) {
            for (Tenant tenant : List.of(acme, globex)) {
                String path = "/tenants/" + tenant.id();
                tenant.at(node).get(path + "/costs/summary").isOk();
                tenant.at(node).get(path + "/data/tables").isOk();
                tenant.at(node)
                        .post(
                                path + "/data/query",
                                Map.of("sql", "SELECT count(*) FROM x_meta_pipeline_runs"))
                        .isOk();
                answers++;
            }
        }
        return answers;
    }

    private String rows(Tenant tenant) {
        String sql =
                "SELECT x_provider, count(*), (sum(BilledCost)::DECIMAL(18,0))::VARCHAR"
                        + " FROM focus_cost_usage GROUP BY 1 ORDER BY 1";
        return tenant.at(nodes.getFirst())
                .post("/tenants/" + tenant.id() + "/data/query", Map.of("sql", sql))
                .isOk()
                .field("rows")
                .toString();
    }

    private Tenant onboarded(String id, String... paths) {
        Map<String, Object> body =
                Map.of(
                        "tenant_id", id,
                        "company_name", "Company",
                        "admin_email", "admin@company.example",
                        "subscription_plan", "SCALE");
        String key =
                new Caller(nodes.getFirst(), List.of("X-Admin-Key", RunningServer.OPERATOR_KEY))
                        .post("/tenants/onboard", body)
                        .isOk()
                        .get("api_key");
        return new Tenant(id, key, List.of(paths));
    }

    private void land(String name, String content) throws IOException {
        Path file = folder.resolve("landing").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static final String OCI_HEADER =
            "lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,"
                    + "product/service,cost/myCost,cost/currencyCode\n";
    private static final String OCI_LINE =
            "t,2026-10-20T10:00Z,2026-10-20T11:00:00Z,COMPUTE,0.1,USD\n";
    private static final String FOCUS_HEADER =
            "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,"
                    + "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName\n";
    private static final String FOCUS_LINE =
            "0.2,1,one,USD,2026-10-01,2026-11-01,2026-10-05,2026-10-06,AWS,s\n";
    private static final String GCP_LINE =
            """
            {"billing_account_id":"01-A","service":{"id":"6F81","description":"Compute Engine"},\
            "sku":{"id":"S1","description":"Core"},"usage_start_time":"2026-10-20T10:00:00Z",\
            "usage_end_time":"2026-10-20T11:00:00Z","cost":0.25,"currency":"USD","credits":[],\
            "invoice":{"month":"202610"},"cost_type":"regular"}
            """;
    private static final String OPENAI_LINE =
            """
            {"date":"2026-11-01","organization_id":"o","model":"m","output_tokens":1,\
            "amount":{"value":7,"currency":"usd"}}
            """;
}
