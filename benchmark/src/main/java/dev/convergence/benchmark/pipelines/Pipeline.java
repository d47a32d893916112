package dev.convergence.benchmark.pipelines;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.StepLibrary;
import dev.convergence.steps.duckdb.DuckDbWarehouse;
import dev.convergence.steps.http.AddressGuard;
import dev.convergence.steps.http.HttpLimits;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.http.ReportApi;
import dev.convergence.steps.landing.LandingZone;
import dev.convergence.steps.quality.QualityCheckStep;
import dev.convergence.steps.sample.SampleBills;
import dev.convergence.steps.source.CloudApis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// The steps of a bundled template on a tenant's landing zone and data set, one after the other.
final class Pipeline {

    static final TenantId TENANT = new TenantId("bench_tenant");
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final LocalDate YESTERDAY = LocalDate.of(2026, 11, 1);

    private final Path directory;
    private final DuckDbWarehouse warehouse;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private int runs;

    Pipeline(Path directory) {
        this.directory = directory;
        warehouse =
                new DuckDbWarehouse(
                        directory.resolve("warehouse"),
                        (_, _, _) -> {
                            throw new IllegalStateException("nothing is asked here");
                        });
        URI nowhere = URI.create("http://127.0.0.1:9");
        CloudApis apis =
                new CloudApis(
                        new ReportApi(HttpLimits.PAGE),
                        nowhere,
                        nowhere,
                        directory.resolve("checkpoints"),
                        (_, _) -> {});
        StepLibrary.steps(
                        warehouse,
                        new LandingZone(landing()),
                        new SampleBills(),
                        new HttpSource(new AddressGuard(false), HttpLimits.DEFAULT),
                        apis,
                        Duration.ofDays(90))
                .forEach(step -> steps.put(step.type(), step));
        Step check = new QualityCheckStep();
        steps.put(check.type(), check);
        warehouse.create(TENANT);
    }

    private Path landing() {
        return directory.resolve("landing");
    }

    /// Where the tenant's files of a bill lie.
    Path folder(Bill bill) {
        return landing().resolve(TENANT.value()).resolve(bill.provider + "/cost");
    }

    Path dataSet() {
        return directory.resolve("warehouse").resolve(TENANT + ".duckdb");
    }

    /// One load: what each step took, and the rows that arrived.
    Loaded load(Bill bill) throws Exception {
        Map<String, Took> took = new LinkedHashMap<>();
        AtomicLong rows = new AtomicLong();
        int number = runs++;
        try (RunOfSteps run =
                new RunOfSteps(
                        bill.provider,
                        directory.resolve("run-" + number),
                        new DateWindow(YESTERDAY, YESTERDAY, false),
                        JobId.next(NOW.plusSeconds(number)).run(),
                        NOW)) {
            for (Bill.Task task : bill.tasks()) {
                Took step = Took.until(() -> rows.set(written(run.step(steps, task))));
                took.merge(task.type(), step, Took::plus);
            }
        }
        return new Loaded(took, rows.get());
    }

    private static long written(StepOutcome outcome) {
        return outcome instanceof StepOutcome.Done done ? done.rows().written() : 0;
    }

    /// @param steps what each took
    record Loaded(Map<String, Took> steps, long rows) {}
}
