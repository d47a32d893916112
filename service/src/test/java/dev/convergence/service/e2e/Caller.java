package dev.convergence.service.e2e;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Somebody who calls the API with the same headers each time.
record Caller(URI server, List<String> headers) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_AWAITED = Duration.ofSeconds(60);

    static Caller nobody(RunningServer server) {
        return new Caller(server.address(), List.of());
    }

    static Caller operator(RunningServer server) {
        return nobody(server).with("X-Admin-Key", RunningServer.OPERATOR_KEY);
    }

    static Caller tenant(RunningServer server, String key) {
        return nobody(server).with("X-API-Key", key);
    }

    Caller with(String header, String value) {
        return new Caller(
                server, Stream.concat(headers.stream(), Stream.of(header, value)).toList());
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    Answer post(String path, Map<String, ?> body) {
        return send("POST", path, json(body));
    }

    Answer put(String path, Map<String, ?> body) {
        return send("PUT", path, json(body));
    }

    Answer patch(String path, Map<String, ?> body) {
        return send("PATCH", path, json(body));
    }

    Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                        .timeout(ANSWER_AWAITED)
                        .header("Content-Type", "application/json")
                        .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    }
}
