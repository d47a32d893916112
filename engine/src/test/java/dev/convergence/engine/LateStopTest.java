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
import dev.convergence.engine.job.Origin;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.run.RunLog;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.step.Step;
import dev.convergence.engine.step.StepContext;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.engine.step.StepRows;
import dev.convergence.engine.subscription.Subscriptions;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.engine.tenant.MapWarehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that is stopped when its rows are already there.
class LateStopTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TemplatePath PATH = new TemplatePath("test", "test", "late");

    @TempDir Path work;
    private final Installation installation = new Installation();
    private final CountDownLatch started = new CountDownLatch(1);
    private int tenants;

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_cancel_that_comes_after_the_last_step_leaves_the_run_completed() {
        assertThat(stoppedWhile(new Published(started))).isEqualTo("COMPLETED");
    }

    @Test
    void a_cancel_that_a_step_hears_cancels_the_run() {
        assertThat(stoppedWhile(new Listening(started))).isEqualTo("CANCELLED");
    }

    @Test
    void a_time_limit_that_passes_after_the_last_step_leaves_the_run_completed() {
        String ended = "";
        // On a busy machine a short limit may pass before the first step, which then never works.
        for (long limit = 500; started.getCount() > 0; limit *= 2) {
            Rooms engine =
                    installation.node(1, handler(new Published(started), Duration.ofMillis(limit)));
            ended = ended(engine, started(engine));
        }
        assertThat(ended).isEqualTo("COMPLETED");
    }

    private String stoppedWhile(Step step) {
        Rooms engine = installation.node(1, handler(step, Duration.ofMinutes(5)));
        Job job = started(engine);
        eventually("the step works", SOON, () -> started.getCount() == 0);
        engine.worker().cancelAll(job.tenant(), "somebody asked");
        return ended(engine, job);
    }

    private Job started(Rooms engine) {
        Job job = pipeline(installation.tenant("acme_" + ++tenants, 10, 1));
        installation.enqueue(engine, List.of(job));
        engine.worker().runOnce(installation.clock.instant());
        return job;
    }

    private String ended(Rooms engine, Job job) {
        eventually("it ends", SOON, () -> engine.worker().runningCount() == 0);
        return installation.state(job.id());
    }

    private PipelineHandler handler(Step step, Duration timeout) {
        return new PipelineHandler(
                new RunPlan(new OneTemplate(template(step, timeout)), _ -> true),
                List.of(step),
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

    private static Template template(Step step, Duration timeout) {
        StepSpec only =
                new StepSpec(
                        "only",
                        step.type(),
                        "Only",
                        List.of(),
                        Duration.ofMinutes(5),
                        true,
                        StepSpec.Trigger.NONE,
                        Map.of());
        return new Template(
                PATH, "late", "Late", "", "1", timeout, null, List.of(), Map.of(), List.of(only));
    }

    private Job pipeline(TenantId tenant) {
        JobId id = JobId.next(installation.clock.instant());
        return new Job(
                id,
                tenant,
                Job.PIPELINE,
                Map.of("provider", "test", "domain", "test", "template_name", "late"),
                5,
                0,
                null,
                id,
                RetryPolicy.withBase(Duration.ofSeconds(10)),
                null,
                new Origin("acme-test", null, null, TriggerType.API, "test", null, null));
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

    /// Its rows are committed, and it is on its way out, when the stop comes.
    private record Published(CountDownLatch started) implements Step {
        @Override
        public String type() {
            return "test.published";
        }

        @Override
        public StepOutcome run(StepContext context) throws InterruptedException {
            started.countDown();
            awaitStop(context);
            return StepOutcome.Done.of(StepRows.NONE, Map.of());
        }
    }

    private record Listening(CountDownLatch started) implements Step {
        @Override
        public String type() {
            return "test.listening";
        }

        @Override
        public StepOutcome run(StepContext context) throws InterruptedException {
            started.countDown();
            awaitStop(context);
            context.cancellation().check();
            return StepOutcome.Done.of(StepRows.NONE, Map.of());
        }
    }

    private static void awaitStop(StepContext context) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (var _ = context.cancellation().onRequest(stopped::countDown)) {
            stopped.await();
        }
    }
}
