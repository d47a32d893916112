package dev.convergence.steps.mail;

import dev.convergence.engine.courier.Postman.Mail;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// A mail in its envelope: the same text in plain and in HTML, under an id that never changes.
///
/// Nothing that comes from a tenant reaches the head but addresses, which are parsed, and the
/// subject, in which there is no line break.
final class Letter {

    private Letter() {}

    static MimeMessage of(Session session, String from, Mail mail, Instant now)
            throws MessagingException {
        MimeMessage message = new WithId(session, mail.id());
        message.setFrom(new InternetAddress(from, true));
        message.setRecipients(Message.RecipientType.TO, addresses(mail.to()));
        message.setRecipients(Message.RecipientType.CC, addresses(mail.cc()));
        message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Delivery-ID", mail.id());
        message.setContent(
                new MimeMultipart(
                        "alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
        message.saveChanges();
        return message;
    }

    private static InternetAddress[] addresses(List<String> given) throws MessagingException {
        InternetAddress[] addresses = new InternetAddress[given.size()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = new InternetAddress(given.get(i), true);
        }
        return addresses;
    }

    private static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        return part;
    }

    /// Saving would give it another id each time.
    private static final class WithId extends MimeMessage {

        private final String id;

        WithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@convergence>");
        }
    }
}
