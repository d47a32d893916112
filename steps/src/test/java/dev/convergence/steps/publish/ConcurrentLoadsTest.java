package dev.convergence.steps.publish;

import static dev.convergence.steps.LoadFixture.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import dev.convergence.steps.TestRun;
import dev.convergence.steps.quality.QualityCheckStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One tenant that loads several providers at once: each load ends as if it were alone, and nobody
/// is told of a lock.
class ConcurrentLoadsTest {

    private static final int ROUNDS = 3;

    @TempDir Path directory;

    @Test
    void loads_of_several_providers_at_once_do_not_disturb_each_other() throws Exception {
        LoadFixture fixture = new LoadFixture(directory);
        fixture.land(
                "oci/cost/a.csv",
                "lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,"
                        + "product/service,cost/myCost,cost/currencyCode\n"
                        + "t,2026-11-20T10:00Z,2026-11-20T11:00:00Z,COMPUTE,0.1,USD\n"
                                .repeat(2_000));
        fixture.land(
                "focus/cost/a.csv",
                "BilledCost,EffectiveCost,BillingAccountId,BillingCurrency,BillingPeriodStart,"
                        + "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName\n"
                        + "0.3,1,one,USD,2026-10-01,2026-11-01,2026-10-05,2026-10-06,AWS,s\n"
                                .repeat(2_000));
        fixture.land(
                "openai/observability/a.jsonl",
                "{\"date\":\"2026-11-01\",\"organization_id\":\"o\",\"model\":\"m\",\"output_tokens\":1,"
                        + "\"amount\":{\"value\":7,\"currency\":\"usd\"}}\n");
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<StepOutcome>> loads = new ArrayList<>();
            for (Bill bill : List.of(Bill.OCI, Bill.FOCUS, Bill.OPENAI)) {
                TestRun run = fixture.run(bill, Map.of(), LoadFixture.yesterday());
                loads.add(() -> load(run, bill));
            }
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<StepOutcome> load : threads.invokeAll(loads)) {
                    assertDone(load.get());
                }
            }
        }
        assertThat(
                        fixture.rows(
                                "SELECT x_provider, count(*), sum(BilledCost)::DECIMAL(9,2)"
                                        + " FROM focus_cost_usage GROUP BY 1 ORDER BY 1"))
                .isEqualTo(
                        List.of(
                                List.of("aws", "2000", "600.00"),
                                List.of("oci", "2000", "200.00"),
                                List.of("openai", "1", "7.00")));
        assertThat(fixture.number("SELECT count(*) FROM x_meta_loads"))
                .isEqualByComparingTo(String.valueOf(5 * ROUNDS));
    }

    private static StepOutcome load(TestRun run, Bill bill) throws Exception {
        try (run) {
            assertDone(run.step("source.extract", bill.extract()));
            if (bill != Bill.FOCUS) {
                String mapping = bill == Bill.OCI ? "oci_cost" : "openai_usage";
                assertDone(
                        run.step("focus.convert", Map.of("from", bill.table, "mapping", mapping)));
            }
            assertDone(
                    new QualityCheckStep().run(run.context(Map.of("suite", "focus_cost_usage"))));
            return run.step("warehouse.publish", Map.of("tables", bill.tables()));
        }
    }
}
