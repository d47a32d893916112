package dev.convergence.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The asking itself.
///
/// @param log where each request is noted, or null
record Wire(Target.Value server, HttpClient http, @Nullable PrintWriter log) {

    private static final Duration ANSWER = Duration.ofMinutes(6);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    static Wire to(Target.Value server, @Nullable PrintWriter log) {
        HttpClient.Builder http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT);
        if (!server.text().regionMatches(true, 0, "https:", 0, "https:".length())) {
            http.sslContext(trustingNobody());
        }
        return new Wire(server, http.build(), log);
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

    /// @param body JSON, or null for none
    Answer send(String method, String path, Optional<Key> key, @Nullable String body) {
        HttpRequest.Builder request = request(path);
        key.ifPresent(held -> request.header(held.kind().header, held.secret()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return send(
                request.method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build());
    }

    HttpResponse<byte[]> bytes(String path, Optional<Key> key) {
        HttpRequest.Builder request = request(path);
        key.ifPresent(held -> request.header(held.kind().header, held.secret()));
        return exchange(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        try {
            return HttpRequest.newBuilder(URI.create(server.text() + path)).timeout(ANSWER);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    server.text() + " is not the address of a server.",
                    "It comes from " + server.source() + ". One is http://localhost:8080.");
        }
    }

    private Answer send(HttpRequest request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        return new Answer(
                response.statusCode(), response.body(), response.headers(), server.text());
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> content) {
        long start = System.nanoTime();
        try {
            HttpResponse<T> response = http.send(request, content);
            note(request, response, Duration.ofNanos(System.nanoTime() - start));
            return response;
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "Interrupted.");
        }
    }

    private void note(HttpRequest request, HttpResponse<?> response, Duration taken) {
        if (log != null) {
            log.printf(
                    "%s %s -> %d in %d ms, request %s%n",
                    request.method(),
                    request.uri(),
                    response.statusCode(),
                    taken.toMillis(),
                    response.headers().firstValue("X-Request-ID").orElse("-"));
        }
    }

    private Failure unreachable(IOException e) {
        String why =
                switch (e) {
                    case HttpTimeoutException _ -> "nothing came in time";
                    case ConnectException _ -> "nobody listens there, or it cannot be reached";
                    default -> "the connection broke";
                };
        return new Failure(
                Exit.UNREACHABLE,
                "No answer from " + server.text() + ": " + why + ".",
                "The address comes from " + server.source() + ".",
                "Is the server running? Start one here: ./convergence serve",
                "Another address: --server, CONVERGENCE_SERVER, or convergence config set-context.",
                "What is wrong on this machine: convergence doctor");
    }
}
