package dev.convergence.service.demo;

import dev.convergence.service.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the server with one key: JSON out, JSON in, every digit of a decimal kept.
final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final Duration ANSWER_AWAITED = Duration.ofSeconds(60);
    private static final int REFUSED = 400;

    private final URI server;
    private final String header;
    private final Secret key;

    private Client(URI server, String header, Secret key) {
        this.server = server;
        this.header = header;
        this.key = key;
    }

    static Client operator(URI server, Secret key) {
        return new Client(server, "X-Admin-Key", key);
    }

    static Client tenant(URI server, Secret key) {
        return new Client(server, "X-API-Key", key);
    }

    JsonNode get(String path) throws InterruptedException {
        return accepted("GET", path, send("GET", path, BodyPublishers.noBody()));
    }

    JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return accepted("POST", path, send("POST", path, json(body)));
    }

    JsonNode patch(String path, Map<String, ?> body) throws InterruptedException {
        return accepted("PATCH", path, send("PATCH", path, json(body)));
    }

    /// Whether a GET is answered with success; for what may be absent.
    boolean finds(String path) throws InterruptedException {
        return send("GET", path, BodyPublishers.noBody()).statusCode() < REFUSED;
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body)
            throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path))
                        .timeout(ANSWER_AWAITED)
                        .header(header, key.reveal())
                        .header("Content-Type", "application/json")
                        .method(method, body)
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new DemoFailed(method + " " + path + " was not answered.", e);
        }
    }

    private static JsonNode accepted(String method, String path, HttpResponse<byte[]> answer) {
        if (answer.statusCode() >= REFUSED) {
            throw new DemoFailed(
                    "%s %s was refused with %d: %s"
                            .formatted(method, path, answer.statusCode(), detail(answer.body())));
        }
        return JSON.readTree(answer.body());
    }

    private static String detail(byte[] problem) {
        JsonNode body = JSON.readTree(problem);
        String fields = body.path("errors").isEmpty() ? "" : " " + body.path("errors");
        return body.path("detail").asString("no reason given") + fields;
    }
}
