package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.jobschedule.JobSchedule;
import dev.convergence.engine.jobschedule.JobScheduleDraft;
import dev.convergence.engine.jobtemplate.JobTemplateDraft;
import dev.convergence.engine.schedule.JobScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Job schedules make one job an instant, on any number of nodes, whatever was missed.
class JobScheduleTest {

    private final Installation installation = new Installation();
    private final TenantId tenant = installation.tenant("acme", 100, 1);
    private final Rooms engine = installation.node(1);
    private final JobScheduler scheduler = scheduler(engine);

    @AfterEach
    void audit() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_due_schedule_makes_a_job_of_its_template_with_its_overrides() {
        TemplateId template = template(Map.of("echo", 1, "duration_ms", 0));
        JobSchedule schedule = hourly(template, Map.of("echo", 2));
        assertThat(scheduler.fireAll(now())).isZero();

        installation.clock.advance(Duration.ofHours(1));
        assertThat(scheduler.fireAll(now())).isEqualTo(1);
        assertThat(scheduler.fireAll(now())).isZero();

        JobView job = jobs().getFirst();
        assertThat(job.params()).isEqualTo(Map.of("echo", 2, "duration_ms", 0));
        assertThat(job.ties().schedule()).isEqualTo(schedule.id());
        assertThat(job.ties().template()).isEqualTo(template);
        assertThat(job.position()).isEqualTo(100);
        assertThat(engine.jobSchedules().find(tenant, schedule.id()).lastTriggeredAt())
                .isEqualTo(Instant.parse("2026-11-22T13:00:00Z"));
    }

    @Test
    void instants_that_were_missed_collapse_into_the_last() {
        JobSchedule schedule = hourly(template(Map.of()), Map.of());
        installation.clock.advance(Duration.ofMinutes(5 * 60 + 30));

        assertThat(scheduler.fireAll(now())).isEqualTo(1);

        JobSchedule fired = engine.jobSchedules().find(tenant, schedule.id());
        assertThat(fired.lastTriggeredAt()).isEqualTo(Instant.parse("2026-11-22T17:00:00Z"));
        assertThat(fired.nextTriggerAt()).isEqualTo(Instant.parse("2026-11-22T18:00:00Z"));
    }

    @Test
    void nodes_that_look_at_once_make_one_job_an_instant() {
        TemplateId template = template(Map.of());
        IntStream.range(0, 20).forEach(_ -> hourly(template, Map.of()));
        List<JobScheduler> nodes =
                IntStream.range(0, 4).mapToObj(_ -> scheduler(installation.node(1))).toList();
        installation.clock.advance(Duration.ofHours(1));

        int made = nodes.parallelStream().mapToInt(node -> node.fireAll(now())).sum();

        assertThat(made).isEqualTo(20);
        assertThat(jobs()).hasSize(20);
        assertThat(jobs().stream().map(JobView::position).distinct()).hasSize(20);
    }

    @Test
    void a_disabled_schedule_makes_nothing_and_catches_nothing_up() {
        JobSchedule schedule = hourly(template(Map.of()), Map.of());
        engine.jobSchedules().change(tenant, schedule.id(), JobScheduleDraft.enabled(false), now());
        installation.clock.advance(Duration.ofHours(3));
        assertThat(scheduler.fireAll(now())).isZero();

        engine.jobSchedules().change(tenant, schedule.id(), JobScheduleDraft.enabled(true), now());
        assertThat(scheduler.fireAll(now())).isZero();
        installation.clock.advance(Duration.ofHours(1));
        assertThat(scheduler.fireAll(now())).isEqualTo(1);
    }

    @Test
    void an_archived_template_takes_its_schedules_with_it_and_leaves_its_jobs() {
        TemplateId template = template(Map.of());
        JobSchedule schedule = hourly(template, Map.of());
        installation.clock.advance(Duration.ofHours(1));
        scheduler.fireAll(now());

        engine.jobTemplates().archive(tenant, template, now());
        installation.clock.advance(Duration.ofHours(1));

        assertThat(scheduler.fireAll(now())).isZero();
        assertThat(jobs()).singleElement().matches(JobView::isQueued);
        assertThat(engine.jobSchedules().find(tenant, schedule.id()).isEnabled()).isFalse();
        assertThatThrownBy(() ->
                        engine.jobSchedules()
                                .change(
                                        tenant,
                                        schedule.id(),
                                        JobScheduleDraft.enabled(true),
                                        now()))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void a_suspended_tenants_schedules_wait_for_it() {
        hourly(template(Map.of()), Map.of());
        suspend("SUSPENDED");
        installation.clock.advance(Duration.ofHours(5));
        assertThat(scheduler.fireAll(now())).isZero();

        suspend("ACTIVE");
        assertThat(scheduler.fireAll(now())).isEqualTo(1);
    }

    private void suspend(String status) {
        installation.database.transact(
                handle -> handle.execute("UPDATE tenant SET status = ?", status));
    }

    private TemplateId template(Map<String, Object> params) {
        return engine.jobTemplates()
                .create(tenant, new JobTemplateDraft("t", "probe", params, null, null), now())
                .id();
    }

    private JobSchedule hourly(TemplateId template, Map<String, Object> overrides) {
        return engine.jobSchedules()
                .create(
                        tenant,
                        new JobScheduleDraft(
                                template, "hourly", "0 * * * *", null, null, null, overrides),
                        now());
    }

    private static JobScheduler scheduler(Rooms node) {
        return node.jobScheduler(node.jobLauncher(RetryPolicy.withBase(Duration.ofSeconds(10))));
    }

    private List<JobView> jobs() {
        return engine.jobBook().list(JobFilter.of(tenant));
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
