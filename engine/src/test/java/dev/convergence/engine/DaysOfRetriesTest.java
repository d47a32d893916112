package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.credential.Credentials;
import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.flow.PipelineHandler;
import dev.convergence.engine.flow.RunPlan;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.launch.Launched;
import dev.convergence.engine.launch.RunRequest;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.RunRecords;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.step.DateWindow;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.Repetition;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.tenant.MapWarehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A retry loads the days that the failed run should have loaded, whenever it comes. The clock
/// shows noon of 22 November.
class DaysOfRetriesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TemplatePath PATH = new TemplatePath("system", "diagnostics", "days");
    private static final String DUE_DAY = "2026-11-19";

    @TempDir Path work;
    private final Installation installation = new Installation();
    private final Windows windows = new Windows();
    private Rooms engine;
    private TenantId tenant;

    @BeforeEach
    void a_tenant_whose_runs_fail() {
        engine = installation.node(4, handler());
        tenant = installation.tenant("acme", 100, 4);
        windows.ending.set(StepOutcome.Failed.permanently("It was told to fail."));
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void by_hand_days_after_the_instant_at_which_its_config_was_due() {
        Job failed = scheduled();
        pass(Duration.ofDays(3));
        windows.ending.set(StepOutcome.Done.of(StepRows.NONE, Map.of()));

        Job retry = job(request(Map.of(), failed, null));
        runAll();

        assertThat(windows.seen).containsExactly(day("2026-11-18"), day("2026-11-18"));
        assertThat(retry.origin().slotAt()).isEqualTo(failed.origin().slotAt());
        assertThat(retry.retryOf()).isEqualTo(failed.id());
        assertThat(runDate(retry)).isEqualTo(LocalDate.parse("2026-11-18"));
    }

    @Test
    void by_hand_from_a_step_on_and_once_more() {
        Job failed = scheduled();
        for (int retries = 0; retries < 2; retries++) {
            pass(Duration.ofDays(1));
            failed = job(request(Map.of(), failed, new Repetition("only", Set.of())));
            runAll();
        }

        assertThat(windows.seen).hasSize(3).containsOnly(day("2026-11-18"));
    }

    @Test
    void by_hand_of_a_run_that_was_asked_for_without_dates() {
        Job failed = job(request(Map.of(), null, null));
        runAll();
        pass(Duration.ofDays(2));

        Job retry = job(request(Map.of(), failed, null));
        runAll();

        assertThat(windows.seen).hasSize(2).containsOnly(day("2026-11-21"));
        assertThat(runDate(retry)).isEqualTo(LocalDate.parse("2026-11-21"));
    }

    @Test
    void by_itself_behind_midnight() {
        windows.ending.set(StepOutcome.Failed.transiently("The network is away."));
        pass(Duration.ofHours(11).plusMinutes(59));
        job(request(Map.of(), null, null));
        runAll();
        pass(Duration.ofMinutes(2));
        engine.queue().promoteDue(now());
        runAll();

        assertThat(windows.seen).hasSize(2).containsOnly(day("2026-11-21"));
    }

    @Test
    void dates_that_were_asked_for_stay_what_they_are() {
        Map<String, Object> asked = Map.of("start_date", "2026-10-01", "end_date", "2026-10-03");
        Job failed = job(request(asked, null, null));
        runAll();
        pass(Duration.ofDays(2));
        Job retry = job(request(asked, failed, null));
        runAll();

        assertThat(windows.seen)
                .hasSize(2)
                .containsOnly(
                        new DateWindow(
                                LocalDate.parse("2026-10-01"),
                                LocalDate.parse("2026-10-03"),
                                true));
        assertThat(runDate(retry)).isEqualTo(LocalDate.parse("2026-10-01"));
    }

    @Test
    void requests_of_two_days_are_two_runs_and_those_of_one_are_one() {
        Map<String, Object> asked = Map.of("date", "2026-11-01");
        Job failed = scheduled();
        launch(request(Map.of(), null, null));
        launch(request(asked, null, null));
        pass(Duration.ofDays(1));

        assertThat(launch(request(Map.of(), null, null)).isDuplicate()).isFalse();
        assertThat(launch(request(Map.of(), null, null)).isDuplicate()).isTrue();
        assertThat(launch(request(asked, null, null)).isDuplicate()).isTrue();
        assertThat(launch(request(Map.of(), failed, null)).isDuplicate()).isFalse();
        assertThat(launch(request(Map.of(), failed, null)).isDuplicate()).isTrue();
    }

    /// A run of a config that was due on an earlier day, and failed.
    private Job scheduled() {
        installation.config(engine, tenant, "days", 5, Instant.parse(DUE_DAY + "T02:00:00Z"));
        engine.scheduler().trigger(now(), 10);
        runAll();
        return installation.database.read(handle ->
                engine.queue()
                        .find(
                                JobId.of(
                                        handle.createQuery("SELECT job_id FROM job")
                                                .mapTo(java.util.UUID.class)
                                                .one()))
                        .orElseThrow());
    }

    private Launched launch(RunRequest request) {
        return engine.launcher().launch(request, now());
    }

    private Job job(RunRequest request) {
        return engine.queue().find(launch(request).job()).orElseThrow();
    }

    private RunRequest request(
            Map<String, Object> parameters, @Nullable Job retryOf, @Nullable Repetition part) {
        return new RunRequest(
                tenant,
                PATH,
                parameters,
                "test",
                null,
                retryOf == null ? null : retryOf.origin().config(),
                5,
                null,
                null,
                retryOf,
                part);
    }

    private @Nullable Object runDate(Job job) {
        return installation
                .database
                .read(handle -> new RunRecords().of(handle, tenant, List.of(job.id())))
                .runs()
                .getFirst()
                .get("run_date");
    }

    private void pass(Duration time) {
        installation.clock.advance(time);
        engine.membership().runOnce(now());
    }

    private Instant now() {
        return installation.clock.instant();
    }

    private void runAll() {
        eventually(
                "everything that is ready has ended",
                SOON,
                () -> {
                    engine.worker().runOnce(now());
                    return engine.worker().runningCount() == 0
                            && installation.count("SELECT count(*) FROM ready") == 0;
                });
    }

    private static DateWindow day(String day) {
        return new DateWindow(LocalDate.parse(day), LocalDate.parse(day), false);
    }

    private PipelineHandler handler() {
        StepSpec only =
                new StepSpec(
                        "only",
                        windows.type(),
                        "Only",
                        List.of(),
                        Duration.ofMinutes(5),
                        true,
                        StepSpec.Trigger.NONE,
                        Map.of());
        Template template =
                new Template(
                        PATH,
                        "days",
                        "Days",
                        "",
                        "1",
                        Duration.ofMinutes(5),
                        null,
                        List.of("date", "start_date", "end_date").stream()
                                .map(DaysOfRetriesTest::parameter)
                                .toList(),
                        Map.of(),
                        List.of(only));
        return new PipelineHandler(
                new RunPlan(new OneTemplate(template), _ -> true),
                List.of(windows),
                new Credentials(
                        installation.database,
                        new Vault(MasterKey.fromBase64("A".repeat(43) + "=")),
                        new Subscriptions(installation.database),
                        new MapWarehouse()),
                new StepRecords(installation.database),
                new RunLog(installation.database),
                work,
                installation.clock);
    }

    private static ParameterSpec parameter(String name) {
        return new ParameterSpec(
                name, ParameterSpec.Type.DATE, "", false, null, List.of(), null, null, null);
    }

    private record OneTemplate(Template template) implements TemplateCatalog {
        @Override
        public Optional<Template> find(TenantId tenant, TemplatePath path) {
            return Optional.of(template);
        }

        @Override
        public List<Template> list(TenantId tenant) {
            return List.of(template);
        }
    }

    /// Remembers the days it was to load, and ends as it is told.
    private record Windows(Queue<DateWindow> seen, AtomicReference<StepOutcome> ending)
            implements Step {

        Windows() {
            this(new ConcurrentLinkedQueue<>(), new AtomicReference<>());
        }

        @Override
        public String type() {
            return "test.windows";
        }

        @Override
        public StepOutcome run(StepContext context) {
            seen.add(context.window());
            return ending.get();
        }
    }
}
