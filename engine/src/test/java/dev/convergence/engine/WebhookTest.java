package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.engine.Receiver.Message;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.event.EngineEvent.WebhookSent;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.TenantRemoval;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.Delivery.State;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.EndpointUpdate;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.engine.webhook.Happening;
import dev.convergence.engine.webhook.Happenings;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What tenants are told, how often, and by whom.
class WebhookTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OUTBOX = "SELECT count(*) FROM outbox WHERE topic = 'webhook'";

    /// A node that dies in the middle: nothing of it catches this.
    private static final class Death extends Error {}

    private final Installation installation = new Installation();
    private final Mailroom mail = new Mailroom(installation);
    private final Receiver receiver = mail.receiver;
    private TenantId acme;
    private Rooms node;

    @BeforeEach
    void open() {
        acme = installation.tenant("acme", 10, 4);
        node = installation.node(4);
    }

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void the_end_of_a_run_is_told_once_to_each_endpoint_that_asked_for_it() {
        mail.endpoint(acme, "https://a.example/", "job.run.*");
        mail.endpoint(acme, "https://b.example/", "job.run.completed", "quota.*");
        mail.endpoint(acme, "https://c.example/", "job.run.failed");
        Job job = run(Map.of("echo", 7));

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
        Job job = run(Map.of());
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
        enable(off, false);

        run(Map.of());
        note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("share", 80)));

        assertThat(installation.count(OUTBOX)).isZero();
        mail.work();
        assertThat(receiver.messages).isEmpty();
    }

    @Test
    void each_failed_attempt_is_told_with_its_error_and_whether_another_follows() {
        mail.endpoint(acme, "https://a.example/", "job.run.failed");
        run(Map.of("outcome", "FAILED", "error", "Test error"));
        for (int retry = 1; retry <= 3; retry++) {
            installation.clock.advance(Duration.ofHours(1));
            node.membership().runOnce(now());
            node.queue().promoteDue(now());
            node.worker().runHere(now());
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
        doomed.worker().runOnce(now());

        installation.clock.advance(Duration.ofSeconds(31));
        node.membership().runOnce(now());
        node.rescuer().rescue(now());
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
        node.queue().cancel(acme, job.id(), "Not needed.", now());

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
        installation.config(pipelines, acme, "probe", 5, now().minusSeconds(60));
        pipelines.scheduler().trigger(now(), 10);
        pipelines.worker().runHere(now());

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
        installation.config(node, poor, "probe", 5, now().minusSeconds(60));
        node.scheduler().trigger(now(), 10);

        mail.work();

        assertThat(receiver.messages)
                .singleElement()
                .satisfies(m -> assertThat(m.header("X-Job-Event")).isEqualTo("pipeline.skipped"));
    }

    @Test
    void groups_and_quotas_are_told_and_a_group_only_once() {
        UUID group = UUID.randomUUID();
        mail.endpoint(acme, "https://a.example/", "job.group.*", "quota.exhausted");
        note(
                Happening.ofGroup(acme, group, "PARTIAL", Map.of("name", "nightly")),
                Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()),
                Happening.ofQuota(acme, EventName.QUOTA_EXHAUSTED, Map.of("daily_limit", 10)));
        mail.work();
        note(Happening.ofGroup(acme, group, "PARTIAL", Map.of("name", "nightly")));
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

    @Test
    void a_receiver_that_fails_gets_three_attempts_with_the_same_bytes_and_growing_pauses() {
        mail.endpoint(acme, "https://a.example/");
        Job job = run(Map.of());
        receiver.answers(Receiver.BROKEN);

        mail.work();
        assertThat(waits()).isEqualTo(Duration.ofSeconds(1));
        mail.work();
        assertThat(receiver.messages).hasSize(1);
        installation.clock.advance(Duration.ofSeconds(1));
        mail.work();
        assertThat(waits()).isEqualTo(Duration.ofSeconds(10));
        installation.clock.advance(Duration.ofSeconds(10));
        mail.work();
        installation.clock.advance(Duration.ofDays(1));
        mail.work();

        assertThat(receiver.messages).hasSize(3);
        assertThat(receiver.messages)
                .allSatisfy(message -> {
                    assertThat(message.body()).isEqualTo(receiver.messages.getFirst().body());
                    assertThat(message.header("webhook-id"))
                            .isEqualTo(mail.log(acme).getFirst().id().toString());
                });
        assertThat(receiver.messages)
                .extracting(message -> message.header("X-Delivery-Attempt"))
                .containsExactly("1", "2", "3");
        Deliveries.Detail detail =
                mail.deliveries.get(acme, mail.log(acme, State.FAILED).getFirst().id());
        assertThat(detail.delivery().lastError()).contains("500");
        assertThat(detail.attempts())
                .extracting(DeliveryAttempt::httpStatus, DeliveryAttempt::response)
                .containsOnly(tuple(500, "no"))
                .hasSize(3);
        assertThat(installation.state(job.id())).isEqualTo("COMPLETED");
    }

    @Test
    void the_receiver_may_ask_for_a_longer_pause_but_not_for_ever() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        receiver.answers(new Reply.Answered(503, "120", ""));
        mail.work();
        assertThat(waits()).isEqualTo(Duration.ofMinutes(2));

        installation.clock.advance(Duration.ofMinutes(2));
        receiver.answers(new Reply.Answered(429, "999999999", ""));
        mail.work();
        assertThat(waits()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void what_a_dead_node_had_sent_but_not_written_is_sent_again_under_the_same_id() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        mail.fanOut();
        receiver.answers(_ -> {
            throw new Death();
        });
        assertThatThrownBy(() -> mail.deliverer().runOnce(now())).isInstanceOf(Death.class);
        receiver.answers(Receiver.OK);

        mail.deliverer().runOnce(now());
        assertThat(receiver.messages).hasSize(1); // the dead one's claim still stands
        installation.clock.advance(Duration.ofSeconds(61));
        mail.deliverer().runOnce(now());

        assertThat(receiver.messages).hasSize(2);
        assertThat(receiver.messages.getLast().body())
                .isEqualTo(receiver.messages.getFirst().body());
        assertThat(receiver.messages.getLast().header("webhook-id"))
                .isEqualTo(receiver.messages.getFirst().header("webhook-id"));
        assertThat(mail.log(acme)).singleElement().matches(d -> d.state() == State.DELIVERED);
    }

    @Test
    void who_has_lost_his_claim_writes_nothing() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        mail.fanOut();
        receiver.answers(_ -> {
            installation.clock.advance(Duration.ofSeconds(61));
            receiver.answers(Receiver.OK);
            mail.deliverer().runOnce(now());
            return Receiver.BROKEN;
        });

        mail.deliverer().runOnce(now());

        assertThat(receiver.messages).hasSize(2);
        assertThat(mail.log(acme))
                .singleElement()
                .matches(d -> d.state() == State.DELIVERED && d.attempts() == 1);
    }

    @Test
    void several_nodes_deliver_each_once() throws InterruptedException {
        mail.endpoint(acme, "https://a.example/");
        TenantId other = installation.tenant("other", 10, 4);
        mail.endpoint(other, "https://b.example/");
        for (int i = 0; i < 20; i++) {
            note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("i", i)));
            note(Happening.ofQuota(other, EventName.QUOTA_WARNING, Map.of("i", i)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                threads.execute(mail::work);
            }
        }
        mail.work();

        assertThat(receiver.messages)
                .hasSize(40)
                .extracting(message -> message.header("webhook-id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void a_slow_receiver_keeps_nobody_else_waiting() throws InterruptedException {
        TenantId other = installation.tenant("other", 10, 4);
        mail.endpoint(acme, "https://slow.example/");
        mail.endpoint(other, "https://quick.example/");
        for (int i = 0; i < 100; i++) {
            note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("i", i)));
        }
        mail.fanOut();
        note(Happening.ofQuota(other, EventName.QUOTA_WARNING, Map.of()));
        mail.fanOut();
        CountDownLatch over = new CountDownLatch(1);
        receiver.answers(message -> {
            if (message.url().contains("slow")) {
                await(over);
            }
            return Receiver.OK;
        });
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Deliverer deliverer = mail.deliverer(threads);
            for (int round = 0; round < 5; round++) {
                deliverer.runOnce(now());
            }
            eventually(
                    "the quick one has its message",
                    SOON,
                    () -> mail.log(other, State.DELIVERED).size() == 1);
            assertThat(receiver.messages)
                    .filteredOn(message -> message.url().contains("slow"))
                    .hasSizeLessThanOrEqualTo(4);
        } finally {
            over.countDown();
            threads.close();
        }
    }

    @Test
    void a_delivery_is_sent_again_when_its_tenant_asks() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        mail.work();
        UUID delivery = mail.log(acme).getFirst().id();

        assertThat(mail.deliveries.redeliver(acme, delivery, now()).state())
                .isEqualTo(State.PENDING);
        assertThatThrownBy(() -> mail.deliveries.redeliver(acme, delivery, now()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("under way");
        mail.work();

        assertThat(receiver.messages).hasSize(2);
        assertThat(receiver.messages.getLast().body())
                .isEqualTo(receiver.messages.getFirst().body());
        assertThat(mail.deliveries.get(acme, delivery).attempts()).hasSize(2);
    }

    @Test
    void who_answers_gone_is_switched_off_and_what_waits_for_it_stays() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        receiver.answers(new Reply.Answered(410, null, ""));
        mail.work();

        assertThat(mail.endpointOf(acme).isEnabled()).isFalse();
        assertThat(mail.endpointOf(acme).disabledReason()).contains("410");
        assertThat(mail.log(acme)).singleElement().matches(d -> d.state() == State.FAILED);

        enable(mail.endpointOf(acme).id(), true);
        assertThat(mail.endpointOf(acme).disabledReason()).isNull();
    }

    @Test
    void a_rotated_secret_signs_beside_the_old_one_until_the_overlap_is_over() {
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        mail.endpoints.rotate(acme, endpoint, null, 60, now());
        mail.endpoints.test(acme, endpoint, now());
        mail.work();
        installation.clock.advance(Duration.ofSeconds(60));
        mail.endpoints.test(acme, endpoint, now());
        mail.work();

        assertThat(signatures(receiver.messages.getFirst())).hasSize(2).doesNotHaveDuplicates();
        assertThat(signatures(receiver.messages.getLast())).hasSize(1);
    }

    @Test
    void nothing_is_sent_while_an_endpoint_is_off_and_a_deleted_ones_log_stays() {
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        run(Map.of());
        mail.fanOut();
        enable(endpoint, false);
        mail.work();
        assertThat(receiver.messages).isEmpty();

        mail.endpoints.delete(acme, endpoint);
        mail.work();

        assertThat(receiver.messages).isEmpty();
        assertThat(mail.log(acme))
                .singleElement()
                .matches(d -> d.state() == State.FAILED && d.url() == null);
    }

    @Test
    void another_tenants_endpoints_and_deliveries_are_unknown() {
        TenantId other = installation.tenant("other", 10, 4);
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        run(Map.of());
        mail.work();
        UUID delivery = mail.log(acme).getFirst().id();

        assertThat(mail.log(other)).isEmpty();
        assertThatThrownBy(() -> mail.endpoints.get(other, endpoint)).hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.delete(other, endpoint))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.test(other, endpoint, now()))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.rotate(other, endpoint, null, null, now()))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.deliveries.get(other, delivery)).hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.deliveries.redeliver(other, delivery, now()))
                .hasMessageContaining("no ");
    }

    @Test
    void secrets_are_sealed_and_a_ciphertext_of_another_endpoint_does_not_open() {
        String mine = mail.endpoint(acme, "https://a.example/").secret();
        mail.endpoint(acme, "https://b.example/");
        installation.database.transact(handle ->
                handle.execute(
                        "UPDATE webhook_endpoint SET secret = (SELECT secret FROM webhook_endpoint"
                                + " WHERE url LIKE '%a.example%')"));
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM webhook_endpoint WHERE encode(secret, 'base64') LIKE '%"
                                        + mine.substring(6)
                                        + "%' OR webhook_endpoint::text LIKE '%whsec%'"))
                .isZero();
        run(Map.of());
        mail.work();

        assertThat(receiver.messages)
                .extracting(Message::url)
                .containsExactly("https://a.example/");
    }

    @Test
    void the_log_goes_when_it_is_old_and_everything_goes_with_the_tenant() {
        mail.endpoint(acme, "https://a.example/");
        run(Map.of());
        mail.work();
        Retention retention = new Retention(installation.database, RetentionPeriods.DEFAULT);
        installation.clock.advance(Duration.ofDays(29));
        retention.age(now());
        assertThat(mail.log(acme)).hasSize(1);
        installation.clock.advance(Duration.ofDays(3));
        retention.age(now());
        assertThat(installation.count("SELECT count(*) FROM webhook_attempt")).isZero();
        assertThat(mail.log(acme)).isEmpty();

        note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()));
        mail.work();
        note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()));
        installation.database.transact(handle -> TenantRemoval.remove(handle, acme));
        for (String table : List.of("endpoint", "delivery", "attempt")) {
            assertThat(installation.count("SELECT count(*) FROM webhook_" + table)).isZero();
        }
        assertThat(installation.count(OUTBOX)).isZero();
    }

    @Test
    void a_tenant_has_so_many_endpoints_and_no_more() {
        for (int i = 0; i < 20; i++) {
            mail.endpoint(acme, "https://a.example/" + i);
        }
        assertThatThrownBy(() -> mail.endpoint(acme, "https://a.example/"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("20");
    }

    private Job run(Map<String, Object> params) {
        Job job = installation.probe(acme, 5, params);
        installation.enqueue(node, List.of(job));
        node.worker().runHere(now());
        return job;
    }

    private void note(Happening... happenings) {
        installation.database.transact(
                handle -> Happenings.append(handle, List.of(happenings), now()));
    }

    private void enable(UUID endpoint, boolean isEnabled) {
        mail.endpoints.update(
                acme, endpoint, new EndpointUpdate(null, null, null, null, isEnabled), now());
    }

    private Duration waits() {
        Delivery pending = mail.log(acme, State.PENDING).getFirst();
        @Nullable Instant next = pending.nextAttemptAt();
        return Duration.between(now(), Objects.requireNonNull(next));
    }

    private static List<String> signatures(Message message) {
        return List.of(message.header("webhook-signature").split(" "));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
