package dev.convergence.service.http.health;

import dev.convergence.service.http.health.Inspection.Found;
import dev.convergence.steps.mail.MailServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Whether the mail server answers.
///
/// @param server empty when there is none
public record MailInspection(Optional<MailServer> server) {

    private static final int WAIT_MILLIS = 3_000;

    public Inspection one() {
        return new Inspection("mail", this::answers);
    }

    private Found answers() {
        return server.map(MailInspection::greeted)
                .orElseGet(() ->
                        Found.skipped("SMTP_URL is not set", "Set it where e-mail is to be sent."));
    }

    private static Found greeted(MailServer server) {
        boolean isEncrypted = server.security() == MailServer.Security.TLS;
        String place = server.host() + ":" + server.port();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.host(), server.port()), WAIT_MILLIS);
            socket.setSoTimeout(WAIT_MILLIS);
            // An encrypted server says nothing before it is greeted itself.
            return isEncrypted || greeting(socket).startsWith("220")
                    ? Found.ok(place + " answers")
                    : Found.fail(place + " is no mail server", "Look at the port in SMTP_URL.");
        } catch (IOException e) {
            return Found.fail(
                    place + " does not answer", "Look at SMTP_URL and at the network between.");
        }
    }

    private static String greeting(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = reader.readLine();
        return line == null ? "" : line;
    }
}
