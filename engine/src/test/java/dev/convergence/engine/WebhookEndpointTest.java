package dev.convergence.engine;

import static dev.convergence.engine.Notified.OUTBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.Receiver.Message;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.queue.TenantRemoval;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.recovery.RetentionPeriods;
import dev.convergence.engine.webhook.Delivery.State;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.engine.webhook.Happening;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The endpoints of tenants: whose they are, their secrets, and what goes when they go.
class WebhookEndpointTest {

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
    void who_answers_gone_is_switched_off_and_what_waits_for_it_stays() {
        mail.endpoint(acme, "https://a.example/");
        notified.run(Map.of());
        receiver.answers(new Reply.Answered(410, null, ""));
        mail.work();

        assertThat(mail.endpointOf(acme).isEnabled()).isFalse();
        assertThat(mail.endpointOf(acme).disabledReason()).contains("410");
        assertThat(mail.log(acme)).singleElement().matches(d -> d.state() == State.FAILED);

        notified.enable(mail.endpointOf(acme).id(), true);
        assertThat(mail.endpointOf(acme).disabledReason()).isNull();
    }

    @Test
    void who_is_out_of_reach_for_five_days_is_switched_off_and_the_others_are_told() {
        UUID broken = mail.endpoint(acme, "https://broken.example/", "job.run.*").endpoint().id();
        mail.endpoint(acme, "https://other.example/", "webhook.*");
        receiver.answers(m -> m.url().contains("broken") ? Receiver.BROKEN : Receiver.OK);
        for (int day = 0; day < 5; day++) {
            mail.endpoints.test(acme, broken, notified.now());
            mail.work();
            assertThat(mail.endpoints.get(acme, broken).isEnabled()).isTrue();
            installation.clock.advance(Duration.ofDays(1));
        }
        assertThat(mail.endpoints.get(acme, broken).failingSince())
                .isEqualTo(notified.now().minus(Duration.ofDays(5)));

        mail.work();
        mail.work();

        assertThat(mail.endpoints.get(acme, broken).isEnabled()).isFalse();
        assertThat(mail.endpoints.get(acme, broken).disabledReason())
                .contains("Nothing has reached it since");
        assertThat(receiver.messages)
                .filteredOn(m -> m.url().contains("other"))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.header("X-Job-Event")).isEqualTo("webhook.endpoint.disabled");
                    assertThat(told.text()).contains(broken.toString());
                });
        notified.enable(broken, true);
        assertThat(mail.endpoints.get(acme, broken).failingSince()).isNull();
    }

    @Test
    void one_success_makes_an_endpoint_well_again() {
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        receiver.answers(Receiver.BROKEN);
        mail.endpoints.test(acme, endpoint, notified.now());
        mail.work();
        installation.clock.advance(Duration.ofDays(4));
        receiver.answers(Receiver.OK);
        mail.work();
        assertThat(mail.endpointOf(acme).failingSince()).isNull();

        receiver.answers(Receiver.BROKEN);
        mail.endpoints.test(acme, endpoint, notified.now());
        mail.work();
        installation.clock.advance(Duration.ofDays(4));
        mail.work();

        assertThat(mail.endpointOf(acme).isEnabled()).isTrue();
    }

    @Test
    void a_rotated_secret_signs_beside_the_old_one_until_the_overlap_is_over() {
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        mail.endpoints.rotate(acme, endpoint, null, 60, notified.now());
        mail.endpoints.test(acme, endpoint, notified.now());
        mail.work();
        installation.clock.advance(Duration.ofSeconds(60));
        mail.endpoints.test(acme, endpoint, notified.now());
        mail.work();

        assertThat(signatures(receiver.messages.getFirst())).hasSize(2).doesNotHaveDuplicates();
        assertThat(signatures(receiver.messages.getLast())).hasSize(1);
    }

    @Test
    void nothing_is_sent_while_an_endpoint_is_off_and_a_deleted_ones_log_stays() {
        UUID endpoint = mail.endpoint(acme, "https://a.example/").endpoint().id();
        notified.run(Map.of());
        mail.fanOut();
        notified.enable(endpoint, false);
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
        notified.run(Map.of());
        mail.work();
        UUID delivery = mail.log(acme).getFirst().id();

        assertThat(mail.log(other)).isEmpty();
        assertThatThrownBy(() -> mail.endpoints.get(other, endpoint)).hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.delete(other, endpoint))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.test(other, endpoint, notified.now()))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.endpoints.rotate(other, endpoint, null, null, notified.now()))
                .hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.deliveries.get(other, delivery)).hasMessageContaining("no ");
        assertThatThrownBy(() -> mail.deliveries.redeliver(other, delivery, notified.now()))
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
        notified.run(Map.of());
        mail.work();

        assertThat(receiver.messages)
                .extracting(Message::url)
                .containsExactly("https://a.example/");
    }

    @Test
    void the_log_goes_when_it_is_old_and_everything_goes_with_the_tenant() {
        mail.endpoint(acme, "https://a.example/");
        notified.run(Map.of());
        mail.work();
        Retention retention = new Retention(installation.database, RetentionPeriods.DEFAULT);
        installation.clock.advance(Duration.ofDays(29));
        retention.age(notified.now());
        assertThat(mail.log(acme)).hasSize(1);
        installation.clock.advance(Duration.ofDays(3));
        retention.age(notified.now());
        assertThat(installation.count("SELECT count(*) FROM webhook_attempt")).isZero();
        assertThat(mail.log(acme)).isEmpty();

        notified.note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()));
        mail.work();
        notified.note(Happening.ofQuota(acme, EventName.QUOTA_WARNING, Map.of()));
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

    private static List<String> signatures(Message message) {
        return List.of(message.header("webhook-signature").split(" "));
    }
}
