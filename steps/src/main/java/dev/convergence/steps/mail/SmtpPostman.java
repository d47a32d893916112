package dev.convergence.steps.mail;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.courier.Postman;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands mails to the installation's mail server, each over a connection of its own.
///
/// A mail that some of its addresses got is delivered: sent again, it would reach those twice.
public final class SmtpPostman implements Postman {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpPostman.class);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final int TAKEN = 250;
    private static final int NOT_SIGNED_IN = 535;

    private final MailServer server;
    private final Session session;
    private final InstantSource clock;

    public SmtpPostman(MailServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        session = Session.getInstance(properties(server));
    }

    private static Properties properties(MailServer server) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.connectiontimeout", Long.toString(CONNECT.toMillis()));
        properties.setProperty("mail.smtp.timeout", Long.toString(SILENCE.toMillis()));
        properties.setProperty("mail.smtp.writetimeout", Long.toString(SILENCE.toMillis()));
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.auth", Boolean.toString(server.user() != null));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (server.security()) {
            case NONE -> properties.setProperty("mail.smtp.starttls.enable", "false");
            case OFFERED -> properties.setProperty("mail.smtp.starttls.enable", "true");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public Reply send(Mail mail, HandingOver handingOver) {
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = Letter.of(session, server.from(), mail, clock.instant());
            transport.connect(server.host(), server.port(), server.user(), server.password());
            if (!handingOver.begins()) {
                return new Reply.Unreachable("Another node has taken this over.");
            }
            transport.sendMessage(message, message.getAllRecipients());
            return new Reply.Answered(TAKEN, null, "");
        } catch (MessagingException failure) {
            return reply(mail, failure);
        }
    }

    private static Reply reply(Mail mail, MessagingException failure) {
        LOG.debug("Mail {} was not taken", mail.id(), failure);
        if (failure instanceof SendFailedException partly && wasSentToSome(partly)) {
            return new Reply.Answered(TAKEN, null, "Some addresses were refused: " + text(failure));
        }
        for (Exception cause = failure;
                cause instanceof MessagingException step;
                cause = step.getNextException()) {
            int code = code(step);
            if (code > 0) {
                return new Reply.Answered(code, null, text(step));
            }
        }
        return failure instanceof AuthenticationFailedException
                ? new Reply.Answered(NOT_SIGNED_IN, null, "The mail server refused our sign-in.")
                : new Reply.Unreachable("The mail server could not be reached, or broke off.");
    }

    private static boolean wasSentToSome(SendFailedException failure) {
        return failure.getValidSentAddresses() != null
                && failure.getValidSentAddresses().length > 0;
    }

    private static int code(MessagingException failure) {
        return switch (failure) {
            case SMTPSendFailedException refused -> refused.getReturnCode();
            case SMTPAddressFailedException refused -> refused.getReturnCode();
            case SMTPSenderFailedException refused -> refused.getReturnCode();
            default -> 0;
        };
    }

    private static String text(MessagingException failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
