package dev.convergence.benchmark.lists;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a server, as a client of its own would.
final class Asking {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ROOT = "/api/v1";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final Map<Who, String[]> keys;

    /// @param keys the header of each, and its value
    Asking(URI server, Map<Who, String[]> keys) {
        this.server = server;
        this.keys = keys;
    }

    /// An answer and how long it took, until its last byte was there.
    record Answer(int status, byte[] body, double millis) {

        boolean isGood() {
            return status / 100 == 2;
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    Answer ask(Who who, String path) throws IOException, InterruptedException {
        return send(request(who, path).GET().build());
    }

    Answer post(Who who, String path, String body) throws IOException, InterruptedException {
        return send(
                request(who, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    private HttpRequest.Builder request(Who who, String path) {
        return HttpRequest.newBuilder(server.resolve(ROOT + path))
                .timeout(PATIENCE)
                .headers(keys.get(who));
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        long began = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), answer.body(), 1e-6 * (System.nanoTime() - began));
    }

    /// The same page, going on behind a cursor.
    static String behind(String path, String cursor) {
        String encoded = URLEncoder.encode(cursor, StandardCharsets.UTF_8);
        return path + (path.contains("?") ? "&" : "?") + "cursor=" + encoded;
    }
}
