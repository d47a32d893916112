package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.engine.event.EngineEvent.QuotaAlarm;
import dev.convergence.engine.flow.ToldStart;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.NoticeDelivery;
import dev.convergence.engine.notification.NoticeDelivery.State;
import dev.convergence.engine.notification.Rule;
import dev.convergence.engine.notification.RuleWish;
import dev.convergence.engine.run.StepRecord;
import dev.convergence.engine.run.StepRecords;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Of what people can be told: starts, warnings, faults of ours, late slots, keys, quotas.
class ToldEventsTest {

    private static final String OUTBOX = "SELECT count(*) FROM outbox WHERE topic = 'notification'";

    private final Installation installation = new Installation();
    private final NoticeRoom room = new NoticeRoom(installation);
    private final TenantId acme = installation.tenant("acme", 100, 4);
    private final Rooms node = installation.node(4);

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_start_is_told_once_and_before_the_end() {
        Channel mail = room.email(acme, "ops@acme.example");
        room.rule(acme, mail, 0, "pipeline_started", "pipeline_success");
        Rooms pipelines = pipelines(End.COMPLETED);

        schedule(pipelines);
        room.work();

        assertThat(room.log(acme))
                .extracting(NoticeDelivery::event, d -> d.job() == null, NoticeDelivery::pipelineId)
                .containsExactlyInAnyOrder(
                        tuple("pipeline_started", false, "acme-system-diagnostics-probe"),
                        tuple("pipeline_success", false, "acme-system-diagnostics-probe"));
    }

    @Test
    void a_start_of_which_nobody_asked_is_not_noted() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "pipeline_failure");

        schedule(pipelines(End.COMPLETED));

        assertThat(installation.count(OUTBOX)).isZero();
    }

    @Test
    void a_run_that_completed_though_a_step_failed_is_told_as_a_warning() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "pipeline_warning");
        StepRecord failed =
                new StepRecord(
                        "extra",
                        "probe.run",
                        0,
                        "FAILED",
                        now(),
                        now(),
                        0,
                        0,
                        0,
                        "no such file",
                        Map.of());
        Rooms pipelines =
                installation.node(
                        4,
                        JobHandler.of(
                                Job.PIPELINE,
                                run -> {
                                    new StepRecords(installation.database)
                                            .write(
                                                    acme,
                                                    run.job().id(),
                                                    run.claim().token(),
                                                    failed,
                                                    List.of(),
                                                    now());
                                    return End.COMPLETED.outcome();
                                }));
        schedule(pipelines);
        room.work();

        assertThat(room.log(acme))
                .extracting(NoticeDelivery::event)
                .containsExactly("pipeline_warning");
    }

    @Test
    void a_run_without_fault_makes_no_warning() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "pipeline_warning");

        schedule(pipelines(End.COMPLETED));
        room.work();

        assertThat(room.log(acme)).isEmpty();
    }

    @Test
    void a_failure_of_ours_is_a_system_error_and_one_of_the_tenants_is_not() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "system_error");
        schedule(pipelines(End.HOPELESS));
        room.work();
        assertThat(room.log(acme)).isEmpty();

        schedule(
                installation.node(
                        4,
                        JobHandler.of(
                                Job.PIPELINE,
                                _ -> {
                                    throw new IllegalStateException("a bug");
                                })));
        room.work();
        assertThat(room.log(acme))
                .extracting(NoticeDelivery::event)
                .containsExactly("system_error");
    }

    @Test
    void a_rule_for_what_never_happens_is_refused() {
        Channel mail = room.email(acme, "ops@acme.example");
        for (String event :
                List.of(
                        "job_failure",
                        "quota_warning",
                        "quota_exceeded",
                        "key_expiring",
                        "rate_limit_exceeded")) {
            assertThatThrownBy(() -> room.rules.create(acme, ofOnePipeline(mail, event), now()))
                    .as(event)
                    .hasMessageContaining("never");
        }
        Rule rule = room.rules.create(acme, ofOnePipeline(mail, "slot_late"), now());
        assertThatThrownBy(() ->
                        room.rules.update(
                                acme, rule.id(), wish(null, "quota_warning", null, null), now()))
                .hasMessageContaining("never");
    }

    @Test
    void a_late_slot_is_told_to_those_who_watch_that_pipeline_only() {
        Channel mail = room.email(acme, "ops@acme.example");
        room.rules.create(acme, ofOnePipeline(mail, "slot_late"), now());
        installation.config(node, acme, "probe", 5, now().minusSeconds(600));
        installation.config(node, acme, "other", 5, now().minusSeconds(600));
        node.scheduler().trigger(now(), 10);
        room.watch();
        room.work();

        assertThat(room.log(acme))
                .extracting(NoticeDelivery::pipelineId)
                .containsExactly("acme-system-diagnostics-probe");
    }

    private static RuleWish ofOnePipeline(Channel channel, String event) {
        return wish("of one", event, channel, "acme-system-diagnostics-probe");
    }

    private static RuleWish wish(
            @Nullable String name,
            String event,
            @Nullable Channel channel,
            @Nullable String pipelineId) {
        return new RuleWish(
                name,
                List.of(event),
                channel == null ? null : List.of(channel.id()),
                null,
                pipelineId,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// Pipelines that end so, told of like those of a server.
    private Rooms pipelines(End end) {
        return installation.node(
                4,
                new ToldStart(
                        JobHandler.of(Job.PIPELINE, _ -> end.outcome()),
                        installation.database,
                        installation.clock));
    }

    private void schedule(Rooms pipelines) {
        installation.config(pipelines, acme, "probe", 5, now().minusSeconds(60));
        pipelines.scheduler().trigger(now(), 10);
        pipelines.worker().runHere(now());
    }

    @Test
    void a_late_slot_is_told_once() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "slot_late");
        installation.config(node, acme, "probe", 5, now().minusSeconds(600));
        installation.config(node, acme, "probe", 5, now().minusSeconds(60));
        node.scheduler().trigger(now(), 10);
        room.watch();
        room.watch();
        room.work();

        assertThat(room.log(acme))
                .extracting(NoticeDelivery::event, NoticeDelivery::state)
                .containsExactly(tuple("slot_late", State.DELIVERED));
    }

    @Test
    void a_key_that_expires_soon_is_told_when_it_comes_near_and_on_its_last_day() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "key_expiring");
        Instant end = now().plus(Duration.ofDays(20));
        installation.database.transact(handle ->
                handle.execute(
                        "INSERT INTO api_key (api_key_id, tenant_id, key_name, key_hash, scopes,"
                                + " expires_at, created_at) VALUES (?, 'acme', 'k', repeat('a', 64),"
                                + " '{}', ?, now())",
                        UUID.randomUUID(),
                        end));
        for (int day = 0; day < 25; day++) {
            room.watch();
            room.work();
            installation.clock.advance(Duration.ofDays(1));
            node.membership().runOnce(now());
        }
        assertThat(room.post.mails).hasSize(2);
    }

    @Test
    void a_quota_warning_and_its_end_are_told() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "quota_warning", "quota_exceeded");
        QuotaAlarm.Used used = new QuotaAlarm.Used(80, 100);
        LocalDate day = LocalDate.parse("2026-11-22");
        installation.database.transact(handle ->
                Tellings.ofQuotas(
                        handle,
                        List.of(
                                new QuotaAlarm(acme, day, false, used, used),
                                new QuotaAlarm(acme, day, true, used, used)),
                        now()));
        room.work();

        assertThat(room.log(acme))
                .extracting(NoticeDelivery::event)
                .containsExactlyInAnyOrder("quota_warning", "quota_exceeded");
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
