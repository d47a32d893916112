package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation without a mail server says so.
class WithoutMailTest {

    @Test
    void a_mail_channel_is_refused_with_the_setting_named_and_private_addresses_too(
            @TempDir Path folder) {
        try (RunningServer server = RunningServer.start(folder, Map.of())) {
            Caller acme = new House(server).onboard("nomail", "SCALE");
            Answer mail =
                    acme.post(
                            "/tenants/nomail/notifications/channels",
                            Map.of(
                                    "type",
                                    "EMAIL",
                                    "name",
                                    "m",
                                    "to_emails",
                                    List.of("a@b.example")));
            assertThat(mail.status()).isEqualTo(422);
            assertThat(mail.text()).contains("SMTP_URL", "EMAIL_NOT_AVAILABLE");
            assertThat(
                            acme.get("/tenants/nomail/notifications")
                                    .isOk()
                                    .field("email_available")
                                    .asBoolean())
                    .isFalse();
            for (String url : List.of("http://127.0.0.1:9/", "http://10.0.0.1/", "http://[::1]/")) {
                Answer slack =
                        acme.post(
                                "/tenants/nomail/notifications/channels",
                                Map.of("type", "SLACK", "name", "s", "url", url));
                assertThat(slack.status()).as(url).isEqualTo(422);
            }
        }
    }
}
