package dev.convergence.steps.mail;

import org.jspecify.annotations.Nullable;

/// The mail server of an installation.
///
/// @param user null: nobody signs in
/// @param from who the mails are from
public record MailServer(
        String host,
        int port,
        Security security,
        @Nullable String user,
        @Nullable String password,
        String from) {

    /// How the connection is kept from others' eyes.
    public enum Security {
        /// Not at all.
        NONE,
        /// When the server offers it.
        OFFERED,
        /// By STARTTLS, or no mail is sent.
        STARTTLS,
        /// From the first byte.
        TLS
    }

    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + ", " + security + ", ***]";
    }
}
