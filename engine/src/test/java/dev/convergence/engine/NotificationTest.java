package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.event.EngineEvent.NotificationUncertain;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.ChannelWish;
import dev.convergence.engine.notification.NoticeDelivery;
import dev.convergence.engine.notification.NoticeDelivery.State;
import dev.convergence.engine.notification.Rule;
import dev.convergence.engine.notification.RuleWish;
import dev.convergence.engine.worker.JobHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people are told, how often, and what becomes of it when nodes die.
class NotificationTest {

    private static final String OUTBOX = "SELECT count(*) FROM outbox WHERE topic = 'notification'";

    /// A node that dies in the middle: nothing of it catches this.
    private static final class Death extends Error {}

    private final Installation installation = new Installation();
    private final NoticeRoom room = new NoticeRoom(installation);
    private final TenantId acme = installation.tenant("acme", 100, 4);
    private final Rooms node = installation.node(4);

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_failure_is_told_once_and_the_second_within_the_cool_down_is_held() {
        Channel mail = room.email(acme, "ops@acme.example");
        room.rule(acme, mail, 300, "job_failure");

        run(Map.of("outcome", "FAILED", "error", "first"));
        room.work();
        installation.clock.advance(Duration.ofSeconds(200));
        run(Map.of("outcome", "FAILED", "error", "second"));
        room.work();
        assertThat(room.post.mails)
                .singleElement()
                .satisfies(m -> assertThat(m.subject()).isEqualTo("ERROR job_failure first"));
        assertThat(room.log(acme))
                .extracting(NoticeDelivery::state)
                .containsExactly(State.HELD, State.DELIVERED);
        assertThat(room.log(acme).getFirst().heldUntil()).isEqualTo(now().plusSeconds(100));

        installation.clock.advance(Duration.ofSeconds(101));
        run(Map.of("outcome", "FAILED", "error", "third"));
        room.work();
        assertThat(room.post.mails).hasSize(2);
    }

    @Test
    void who_asked_for_failures_notes_no_success_and_who_asked_for_nothing_notes_nothing() {
        TenantId silent = installation.tenant("silent", 100, 4);
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "job_failure");

        run(Map.of());
        Job other = installation.probe(silent, 5, Map.of("outcome", "FAILED"));
        installation.enqueue(node, List.of(other));
        node.worker().runHere(now());

        assertThat(installation.count(OUTBOX)).isZero();
    }

    @Test
    void two_rules_with_one_channel_make_one_message_of_a_fact() {
        Channel mail = room.email(acme, "ops@acme.example");
        room.rule(acme, mail, 0, "job_success");
        room.rule(acme, mail, 0, "job_success", "job_failure");

        run(Map.of());
        room.work();

        assertThat(room.post.mails).hasSize(1);
    }

    @Test
    void what_a_node_had_taken_but_not_handed_over_is_sent_by_another_once() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.fanOut();
        room.post.connecting(() -> {
            throw new Death();
        });
        assertThatThrownBy(() -> room.deliverer().runOnce(now())).isInstanceOf(Death.class);
        room.post.connecting(() -> {});

        room.send();
        assertThat(room.post.mails).isEmpty(); // the dead one's claim still stands
        installation.clock.advance(Duration.ofSeconds(61));
        room.send();
        installation.clock.advance(Duration.ofHours(1));
        room.send();

        assertThat(room.post.mails).hasSize(1);
        assertThat(room.log(acme)).singleElement().matches(d -> d.state() == State.DELIVERED);
    }

    @Test
    void what_a_dead_node_had_handed_over_is_not_sent_twice_but_shown_as_uncertain() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.fanOut();
        room.post.answers(_ -> {
            throw new Death();
        });
        assertThatThrownBy(() -> room.deliverer().runOnce(now())).isInstanceOf(Death.class);
        room.post.answers(_ -> Post.TAKEN);

        installation.clock.advance(Duration.ofSeconds(61));
        room.send();
        assertThat(room.post.mails).hasSize(1);
        NoticeDelivery uncertain = room.log(acme).getFirst();
        assertThat(uncertain.state()).isEqualTo(State.UNCERTAIN);
        assertThat(uncertain.lastError()).contains("may have arrived");
        assertThat(room.told).contains(new NotificationUncertain(uncertain.id()));

        room.history.redeliver(acme, uncertain.id(), now());
        room.send();
        assertThat(room.post.mails).hasSize(2);
        assertThat(room.post.mails.getLast().id()).isEqualTo(room.post.mails.getFirst().id());
    }

    @Test
    void a_node_that_was_slow_finds_its_message_taken_over_and_does_not_send_it() {
        room.rule(acme, room.email(acme, "ops@acme.example"), 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.fanOut();
        room.post.connecting(() -> {
            room.post.connecting(() -> {});
            installation.clock.advance(Duration.ofSeconds(61));
            room.deliverer().runOnce(now());
        });

        room.deliverer().runOnce(now());

        assertThat(room.post.mails).hasSize(1);
        assertThat(room.log(acme)).singleElement().matches(d -> d.state() == State.DELIVERED);
    }

    @Test
    void a_webhook_is_sent_again_under_the_same_id_and_signed() {
        room.rule(acme, room.webhook(acme, "https://acme.example/"), 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.fanOut();
        room.receiver.answers(_ -> {
            throw new Death();
        });
        assertThatThrownBy(() -> room.deliverer().runOnce(now())).isInstanceOf(Death.class);
        room.receiver.answers(Receiver.OK);
        installation.clock.advance(Duration.ofSeconds(61));
        room.send();

        assertThat(room.receiver.messages)
                .hasSize(2)
                .allMatch(m -> m.header("webhook-signature").startsWith("v1,"))
                .extracting(m -> m.header("webhook-id"))
                .containsOnly(room.log(acme).getFirst().id().toString());
    }

    @Test
    void slack_takes_ok_and_nothing_else_for_a_yes() {
        room.rule(acme, room.slack(acme, "https://hooks.slack.example/T/B/x"), 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.receiver.answers(new Reply.Answered(200, null, "<html>sign in</html>"));
        room.work();
        assertThat(room.log(acme)).singleElement().matches(d -> d.state() == State.PENDING);

        room.receiver.answers(new Reply.Answered(200, null, "ok"));
        installation.clock.advance(Duration.ofSeconds(1));
        room.send();
        assertThat(room.log(acme)).singleElement().matches(d -> d.state() == State.DELIVERED);
    }

    @Test
    void the_people_of_a_config_hear_of_its_failures_and_of_nothing_else() {
        AtomicBoolean fails = new AtomicBoolean();
        Rooms pipelines =
                installation.node(
                        4,
                        JobHandler.of(
                                Job.PIPELINE,
                                _ -> (fails.get() ? End.HOPELESS : End.COMPLETED).outcome()));
        for (boolean isFailure : List.of(false, true)) {
            fails.set(isFailure);
            var config = installation.config(pipelines, acme, "probe", 5, now().minusSeconds(60));
            installation.database.transact(handle ->
                    handle.execute(
                            "UPDATE pipeline_config SET notification_emails ="
                                    + " '{a@b.example,c@d.example}' WHERE config_id = ?",
                            config.value()));
            pipelines.scheduler().trigger(now(), 10);
            pipelines.worker().runHere(now());
        }
        room.work();

        assertThat(room.post.mails)
                .singleElement()
                .satisfies(m -> assertThat(m.to()).containsExactly("a@b.example", "c@d.example"));
    }

    @Test
    void a_rule_takes_no_channel_of_another_tenant() {
        TenantId thief = installation.tenant("thief", 1, 1);
        Channel mail = room.email(acme, "ops@acme.example");

        assertThatThrownBy(() -> room.rule(thief, mail, 0, "job_failure"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("names no channel");
        assertThatThrownBy(() -> room.channels.get(thief, mail.id()))
                .hasMessageContaining("no notification channel");
        assertThatThrownBy(() -> room.history.test(thief, mail.id(), now()))
                .hasMessageContaining("no notification channel");
    }

    @Test
    void a_channel_that_is_deleted_leaves_its_rules_and_gives_up_what_waits() {
        Channel mail = room.email(acme, "ops@acme.example");
        Rule rule = room.rule(acme, mail, 0, "job_failure");
        run(Map.of("outcome", "FAILED"));
        room.fanOut();
        room.channels.delete(acme, mail.id());
        room.send();

        assertThat(room.post.mails).isEmpty();
        assertThat(room.log(acme)).singleElement().matches(d -> d.state() == State.FAILED);
        assertThat(room.rules.get(acme, rule.id()).channels()).isEmpty();
    }

    @Test
    void a_rule_for_final_failures_passes_over_those_that_are_tried_again() {
        Channel mail = room.email(acme, "ops@acme.example");
        room.rules.create(
                acme,
                new RuleWish(
                        "final",
                        List.of("job_failure"),
                        List.of(mail.id()),
                        null,
                        null,
                        "CRITICAL",
                        0,
                        true,
                        null,
                        null,
                        null),
                now());
        run(Map.of("outcome", "FAILED"));
        for (int retry = 1; retry <= 3; retry++) {
            installation.clock.advance(Duration.ofHours(1));
            node.membership().runOnce(now());
            node.queue().promoteDue(now());
            node.worker().runHere(now());
        }
        room.work();

        assertThat(room.post.mails)
                .singleElement()
                .satisfies(m -> assertThat(m.subject()).startsWith("CRITICAL"));
    }

    @Test
    void a_head_cannot_be_injected_through_an_address_or_a_prefix() {
        for (String address :
                List.of(
                        "a@b.example\r\nBcc: x@y.example",
                        "a@b",
                        "a b@c.example",
                        "<a@b.example>")) {
            assertThatThrownBy(() -> room.email(acme, address))
                    .as(address)
                    .hasMessageContaining("e-mail address");
        }
        ChannelWish prefix =
                new ChannelWish(
                        "EMAIL",
                        "m",
                        null,
                        null,
                        List.of("a@b.example"),
                        null,
                        "x\r\nBcc: y@z.example",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        assertThatThrownBy(() -> room.channels.create(acme, prefix, now()))
                .hasMessageContaining("control characters");
    }

    private Job run(Map<String, Object> params) {
        node.membership().runOnce(now());
        Job job = installation.probe(acme, 5, params);
        installation.enqueue(node, List.of(job));
        node.worker().runHere(now());
        return job;
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
