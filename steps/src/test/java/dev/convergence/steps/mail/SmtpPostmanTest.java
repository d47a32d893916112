package dev.convergence.steps.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.courier.Postman.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Mails as a real server gets them.
class SmtpPostmanTest {

    private static final Mail MAIL =
            new Mail(
                    "01a2-b3",
                    List.of("ops@acme.example"),
                    List.of("boss@acme.example"),
                    "[Convergence] ERROR: Ünïcode\r\nBcc: thief@evil.example",
                    "plain",
                    "<p>html</p>");

    private final GreenMail server =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void open() {
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
    }

    @Test
    void a_mail_has_its_id_its_addresses_and_both_texts_and_nobody_gets_into_its_head()
            throws MessagingException {
        assertThat(postman().send(MAIL, () -> true)).isEqualTo(new Reply.Answered(250, null, ""));

        MimeMessage[] got = server.getReceivedMessages();
        assertThat(got).hasSize(2); // one for each recipient
        MimeMessage mail = got[0];
        assertThat(mail.getMessageID()).isEqualTo("<01a2-b3@convergence>");
        assertThat(mail.getHeader("X-Delivery-ID")).containsExactly("01a2-b3");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject())
                .isEqualTo("[Convergence] ERROR: Ünïcode Bcc: thief@evil.example");
        assertThat(mail.getRecipients(Message.RecipientType.CC)[0])
                .hasToString("boss@acme.example");
        assertThat(mail.getFrom()[0]).hasToString("convergence@test.example");
        assertThat(GreenMailUtil.getBody(mail)).contains("plain").contains("<p>html</p>");
    }

    @Test
    void a_mail_that_somebody_else_has_taken_over_is_not_sent() {
        assertThat(postman().send(MAIL, () -> false)).isInstanceOf(Reply.Unreachable.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void a_server_that_is_away_is_told_without_its_address() {
        SmtpPostman postman = postman();
        server.stop();
        assertThat(postman.send(MAIL, () -> true))
                .isEqualTo(
                        new Reply.Unreachable(
                                "The mail server could not be reached, or broke off."));
    }

    private SmtpPostman postman() {
        int port = server.getSmtp().getPort();
        return new SmtpPostman(
                new MailServer(
                        "127.0.0.1",
                        port,
                        MailServer.Security.OFFERED,
                        null,
                        null,
                        "convergence@test.example"),
                () -> Instant.parse("2026-11-22T12:00:00Z"));
    }
}
