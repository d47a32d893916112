package dev.convergence.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// Asks by the JDK's newer client, for the one method that the older does not know.
final class Patches {

    private Patches() {}

    static Reply exchange(Request request, Duration connect, Duration answer) throws IOException {
        HttpRequest.Builder patch = HttpRequest.newBuilder(request.uri()).timeout(answer);
        request.headers().forEach(patch::header);
        BodyPublisher body =
                request.body() == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(request.body());
        try (HttpClient http = client(request, connect)) {
            HttpResponse<byte[]> response =
                    http.send(
                            patch.method(request.method(), body).build(),
                            BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "Interrupted.");
        }
    }

    private static HttpClient client(Request request, Duration connect) {
        HttpClient.Builder http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connect);
        if ("http".equalsIgnoreCase(request.uri().getScheme())) {
            http.sslContext(trustingNobody());
        }
        return http.build();
    }

    /// Left to itself, the client reads all certificates of this machine before it says a word,
    /// also where nothing is encrypted: a tenth of a second.
    private static SSLContext trustingNobody() {
        try {
            SSLContext nobody = SSLContext.getInstance("TLS");
            nobody.init(null, new TrustManager[0], null);
            return nobody;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
