package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Ten companies come where onboarding is open to everybody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenTenantsTest {

    private @Nullable RunningServer server;
    private Caller visitor;

    @BeforeAll
    void open(@TempDir Path folder) {
        server =
                RunningServer.start(
                        folder,
                        Map.of("CONVERGENCE_OPEN_ONBOARDING", "true", "CONVERGENCE_WORKERS", "0"));
        visitor = Caller.nobody(server);
    }

    @AfterAll
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "acme_corp_001, PROFESSIONAL, 25, 750, 3",
        "tech_startup_002, STARTER, 6, 180, 1",
        "enterprise_003, SCALE, 100, 3000, 10",
        "fintech_004, PROFESSIONAL, 25, 750, 3",
        "healthcare_005, SCALE, 100, 3000, 10",
        "retail_006, STARTER, 6, 180, 1",
        "manufacturing_007, PROFESSIONAL, 25, 750, 3",
        "logistics_008, SCALE, 100, 3000, 10",
        "consulting_009, PROFESSIONAL, 25, 750, 3",
        "ecommerce_010, SCALE, 100, 3000, 10"
    })
    void a_company_comes_by_itself_and_has_a_key_a_data_set_and_the_limits_of_its_plan(
            String tenant, String plan, int daily, int monthly, int concurrent) {
        Answer welcome =
                visitor.post(
                                "/tenants/onboard",
                                Map.of(
                                        "tenant_id",
                                        tenant,
                                        "company_name",
                                        "Company of " + tenant,
                                        "admin_email",
                                        "admin@company.example",
                                        "subscription_plan",
                                        plan))
                        .isOk();
        assertThat(welcome.get("api_key")).matches(tenant + "_api_[A-Za-z0-9_-]{32,}");
        assertThat(welcome.get("customer_id")).isEqualTo(tenant);
        assertThat(welcome.field("dataset_created").asBoolean()).isTrue();
        assertThat(welcome.list("tables_created")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(welcome.get("dryrun_status")).isEqualTo("SUCCESS");

        Caller owner = visitor.with("X-API-Key", welcome.get("api_key"));
        JsonNode limits = owner.get("/tenants/" + tenant + "/usage").isOk().field("limits");
        assertThat(limits.path("daily_limit").asInt()).isEqualTo(daily);
        assertThat(limits.path("monthly_limit").asInt()).isEqualTo(monthly);
        assertThat(limits.path("concurrent_limit").asInt()).isEqualTo(concurrent);
    }
}
