package dev.convergence.service.config;

import dev.convergence.steps.mail.MailServer;
import dev.convergence.steps.mail.MailServer.Security;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads where the mail server is, how to sign in, and who mails are from.
final class SmtpUrl {

    private static final int PORT = 587;
    private static final int TLS_PORT = 465;

    // The text is not repeated: there may be a password in it.
    private static final String EXPECTED =
            "Write smtp://user:password@host:587?from=alerts@example.com, or smtps:// for TLS from"
                    + " the first byte; user, port and from may be left out, and starttls=required or"
                    + " starttls=never may follow.";

    private SmtpUrl() {}

    static MailServer parse(String text) {
        try {
            return server(new URI(text));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new UnreadableValue(EXPECTED);
        }
    }

    private static MailServer server(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals("smtps");
        String host = url.getHost();
        boolean hasPath = url.getRawPath() != null && !url.getRawPath().matches("/?");
        if ((!isTls && !scheme.equals("smtp")) || host == null || hasPath) {
            throw new UnreadableValue(EXPECTED);
        }
        String[] entry =
                url.getRawUserInfo() == null ? new String[0] : url.getRawUserInfo().split(":", 2);
        Map<String, String> more = parameters(url.getRawQuery());
        String user = entry.length > 0 ? decoded(entry[0]) : null;
        int port = url.getPort() > 0 ? url.getPort() : isTls ? TLS_PORT : PORT;
        return new MailServer(
                host,
                port,
                isTls ? Security.TLS : security(more.remove("starttls"), user),
                user,
                entry.length > 1 ? decoded(entry[1]) : null,
                from(more, user, host));
    }

    /// A password never goes over an open line, unless the operator says so.
    private static Security security(@Nullable String starttls, @Nullable String user) {
        return switch (starttls) {
            case "required" -> Security.STARTTLS;
            case "never" -> Security.NONE;
            case null -> user == null ? Security.OFFERED : Security.STARTTLS;
            default -> throw new UnreadableValue(EXPECTED);
        };
    }

    private static String from(Map<String, String> more, @Nullable String user, String host) {
        String from = more.remove("from");
        if (!more.isEmpty() || (from != null && !isAddress(from))) {
            throw new UnreadableValue(EXPECTED);
        }
        if (from != null) {
            return from;
        }
        return user != null && isAddress(user) ? user : "convergence@" + host;
    }

    private static boolean isAddress(String text) {
        return text.matches("[^@\\s<>\\p{Cntrl}]+@[^@\\s<>\\p{Cntrl}]+");
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length != 2) {
                throw new UnreadableValue(EXPECTED);
            }
            parameters.put(parts[0], decoded(parts[1]));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
