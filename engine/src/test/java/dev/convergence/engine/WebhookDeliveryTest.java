package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.Delivery.State;
import dev.convergence.engine.webhook.DeliveryAttempt;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.engine.webhook.Happening;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How often tenants are told the same, and by whom: attempts, pauses, and nodes that die.
class WebhookDeliveryTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /// A node that dies in the middle: nothing of it catches this.
    private static final class Death extends Error {}

    private final Notified notified = new Notified();
    private final Installation installation = notified.installation;
    private final Mailroom mail = notified.mail;
    private final Receiver receiver = notified.receiver;
    private final TenantId acme = notified.acme;

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_receiver_that_fails_gets_three_attempts_with_the_same_bytes_and_growing_pauses() {
        mail.endpoint(acme, "https://a.example/");
        Job job = notified.run(Map.of());
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
        notified.run(Map.of());
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
        notified.run(Map.of());
        mail.fanOut();
        receiver.answers(_ -> {
            throw new Death();
        });
        assertThatThrownBy(() -> mail.deliverer().runOnce(notified.now()))
                .isInstanceOf(Death.class);
        receiver.answers(Receiver.OK);

        mail.deliverer().runOnce(notified.now());
        assertThat(receiver.messages).hasSize(1); // the dead one's claim still stands
        installation.clock.advance(Duration.ofSeconds(61));
        mail.deliverer().runOnce(notified.now());

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
        notified.run(Map.of());
        mail.fanOut();
        receiver.answers(_ -> {
            installation.clock.advance(Duration.ofSeconds(61));
            receiver.answers(Receiver.OK);
            mail.deliverer().runOnce(notified.now());
            return Receiver.BROKEN;
        });

        mail.deliverer().runOnce(notified.now());

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
            notified.note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("i", i)));
            notified.note(Happening.ofQuota(other, EventName.QUOTA_WARNING, Map.of("i", i)));
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
            notified.note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of("i", i)));
        }
        mail.fanOut();
        notified.note(Happening.ofQuota(other, EventName.QUOTA_WARNING, Map.of()));
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
                deliverer.runOnce(notified.now());
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
        notified.run(Map.of());
        mail.work();
        UUID delivery = mail.log(acme).getFirst().id();

        assertThat(mail.deliveries.redeliver(acme, delivery, notified.now()).state())
                .isEqualTo(State.PENDING);
        assertThatThrownBy(() -> mail.deliveries.redeliver(acme, delivery, notified.now()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("under way");
        mail.work();

        assertThat(receiver.messages).hasSize(2);
        assertThat(receiver.messages.getLast().body())
                .isEqualTo(receiver.messages.getFirst().body());
        assertThat(mail.deliveries.get(acme, delivery).attempts()).hasSize(2);
    }

    private Duration waits() {
        Delivery pending = mail.log(acme, State.PENDING).getFirst();
        @Nullable Instant next = pending.nextAttemptAt();
        return Duration.between(notified.now(), Objects.requireNonNull(next));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
