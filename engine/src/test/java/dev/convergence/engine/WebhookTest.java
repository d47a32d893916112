package dev.convergence.engine;

import static dev.convergence.engine.Notified.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.engine.Receiver.Message;
import dev.convergence.engine.event.EngineEvent.WebhookSent;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Delivery.State;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.engine.webhook.Happening;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What tenants are told, and at which of their endpoints.
class WebhookTest {

    private final Notified notified = new Notified();
    private final Installation installation = notified.installation;
    private final Mailroom mail = notified.mail;
    private final Receiver receiver = notified.receiver;
    private final TenantId acme = notified.acme;
    private final Rooms node = notified.node;

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void the_end_of_a_run_is_told_once_to_each_endpoint_that_asked_for_it() {
        mail.endpoint(acme, "https://a.example/", "job.run.*");
        mail.endpoint(acme, "https://b.example/", "job.run.completed", "quota.*");
        mail.endpoint(acme, "https://c.example/", "job.run.failed");
        Job job = notified.run(Map.of("echo", 7));

        mail.work();
        mail.work();

        assertThat(receiver.messages)
                .extracting(Message::url)
                .containsExactlyInAnyOrder("https://a.example/", "https://b.example/");
        Map<String, Object> told = Json.object(receiver.messages.getFirst().text());
        assertThat(told)
                .containsEntry("event", "job.run.completed")
                .containsEntry("run_id", job.id().run().toString())
                .containsEntry("job_id", job.id().toString())
                .containsEntry("status", "COMPLETED")
                .containsEntry("will_retry", false)
                .containsEntry("tenant_id", "acme")
                .containsKey("occurred_at")
                .containsKey("data");
        assertThat(mail.log(acme)).hasSize(2).allMatch(d -> d.state() == State.DELIVERED);
        assertThat(mail.told).hasSize(2).allMatch(event -> event instanceof WebhookSent);
    }

    @Test
    void headers_name_the_run_the_delivery_and_the_attempt() {
        mail.endpoint(acme, "https://a.example/");
        Job job = notified.run(Map.of());
        mail.work();

        Message message = receiver.messages.getFirst();
        String delivery = mail.log(acme).getFirst().id().toString();
        assertThat(message.headers())
                .containsEntry("User-Agent", "Convergence/test")
                .containsEntry("Idempotency-Key", job.id().run().toString())
                .containsEntry("X-Run-ID", job.id().run().toString())
                .containsEntry("X-Job-ID", job.id().toString())
                .containsEntry("X-Job-Event", "job.run.completed")
                .containsEntry("X-Delivery-ID", delivery)
                .containsEntry("X-Delivery-Attempt", "1")
                .containsEntry("webhook-id", delivery)
                .containsEntry(
                        "webhook-timestamp",
                        Long.toString(installation.clock.instant().getEpochSecond()));
        assertThat(Json.object(message.text())).containsEntry("delivery_id", delivery);
    }

    @Test
    void a_tenant_without_an_enabled_endpoint_leaves_nothing_to_tell() {
        TenantId other = installation.tenant("other", 10, 4);
        mail.endpoint(other, "https://other.example/");
        UUID off = mail.endpoint(acme, "https://off.example/").endpoint().id();
        notified.enable(off, false);

        notified.run(Map.of());
        notified.note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("share", 80)));

        assertThat(installation.count(OUTBOX)).isZero();
        mail.work();
        assertThat(receiver.messages).isEmpty();
    }

    @Test
    void each_failed_attempt_is_told_with_its_error_and_whether_another_follows() {
        mail.endpoint(acme, "https://a.example/", "job.run.failed");
        notified.run(Map.of("outcome", "FAILED", "error", "Test error"));
        for (int retry = 1; retry <= 3; retry++) {
            installation.clock.advance(Duration.ofHours(1));
            node.membership().runOnce(notified.now());
            node.queue().promoteDue(notified.now());
            node.worker().runHere(notified.now());
        }
        mail.work();

        List<Map<String, Object>> told =
                receiver.messages.stream().map(m -> Json.object(m.text())).toList();
        assertThat(told).hasSize(4).extracting(body -> body.get("run_id")).doesNotHaveDuplicates();
        assertThat(told).allMatch(body -> String.valueOf(body.get("data")).contains("Test error"));
        assertThat(told)
                .extracting(body -> body.get("will_retry"))
                .containsExactlyInAnyOrder(true, true, true, false);
    }

    @Test
    void a_rescued_run_is_told_as_failed() {
        mail.endpoint(acme, "https://a.example/", "job.run.failed");
        CountDownLatch over = new CountDownLatch(1);
        JobHandler endless =
                JobHandler.of(
                        Job.PROBE,
                        _ -> {
                            over.await();
                            return End.COMPLETED.outcome();
                        });
        Rooms doomed = installation.node(1, endless);
        Job job = installation.probe(acme, 5, Map.of());
        installation.enqueue(doomed, List.of(job));
        doomed.worker().runOnce(notified.now());

        installation.clock.advance(Duration.ofSeconds(31));
        node.membership().runOnce(notified.now());
        node.rescuer().rescue(notified.now());
        mail.work();
        over.countDown();

        assertThat(receiver.messages)
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.header("X-Run-ID")).isEqualTo(job.id().run().toString());
                    assertThat(message.text()).containsIgnoringCase("recover");
                });
    }

    @Test
    void a_job_that_was_cancelled_while_it_waited_is_not_told_of() {
        mail.endpoint(acme, "https://a.example/");
        Job job = installation.probe(acme, 5, Map.of());
        installation.enqueue(node, List.of(job));
        node.queue().cancel(acme, job.id(), "Not needed.", notified.now());

        mail.work();

        assertThat(receiver.messages).isEmpty();
        assertThat(installation.count(OUTBOX)).isZero();
    }

    @Test
    void a_pipelines_run_is_told_once_under_the_name_that_was_asked_for() {
        mail.endpoint(acme, "https://pipelines.example/", "pipeline.*", "job.*");
        mail.endpoint(acme, "https://jobs.example/", "job.run.completed");
        Rooms pipelines =
                installation.node(4, JobHandler.of(Job.PIPELINE, _ -> End.COMPLETED.outcome()));
        installation.config(pipelines, acme, "probe", 5, notified.now().minusSeconds(60));
        pipelines.scheduler().trigger(notified.now(), 10);
        pipelines.worker().runHere(notified.now());

        mail.work();

        assertThat(receiver.messages)
                .extracting(Message::url, message -> message.header("X-Job-Event"))
                .containsExactlyInAnyOrder(
                        tuple("https://pipelines.example/", "pipeline.completed"),
                        tuple("https://jobs.example/", "job.run.completed"));
    }

    @Test
    void a_run_that_was_skipped_when_it_came_due_is_told() {
        TenantId poor = installation.tenant("poor", 0, 1);
        mail.endpoint(poor, "https://a.example/");
        installation.config(node, poor, "probe", 5, notified.now().minusSeconds(60));
        node.scheduler().trigger(notified.now(), 10);

        mail.work();

        assertThat(receiver.messages)
                .singleElement()
                .satisfies(m -> assertThat(m.header("X-Job-Event")).isEqualTo("pipeline.skipped"));
    }

    @Test
    void groups_and_quotas_are_told_and_a_group_only_once() {
        UUID group = UUID.randomUUID();
        mail.endpoint(acme, "https://a.example/", "job.group.*", "quota.exhausted");
        notified.note(
                Happening.ofGroup(acme, group, "PARTIAL", Map.of("name", "nightly")),
                Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()),
                Happening.ofQuota(acme, EventName.QUOTA_EXHAUSTED, Map.of("daily_limit", 10)));
        mail.work();
        notified.note(Happening.ofGroup(acme, group, "PARTIAL", Map.of("name", "nightly")));
        mail.work();

        assertThat(receiver.messages)
                .extracting(message -> message.header("X-Job-Event"))
                .containsExactlyInAnyOrder("job.group.partial", "quota.exhausted");
        assertThat(receiver.messages)
                .filteredOn(m -> m.header("X-Job-Event").equals("job.group.partial"))
                .singleElement()
                .satisfies(message ->
                        assertThat(Json.object(message.text()))
                                .containsEntry("group_id", group.toString())
                                .containsEntry("status", "PARTIAL")
                                .containsEntry("data", Map.of("name", "nightly")));
    }
}
