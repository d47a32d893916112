package dev.convergence.cli;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

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
        try (HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connect)
                        .build()) {
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
}
