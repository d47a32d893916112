package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Talks to the server as a client does, and in raw bytes where no client would.
final class Wire {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private Wire() {}

    record Answer(HttpResponse<byte[]> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String get(String field) {
            return json().path(field).asString("");
        }

        Answer isProblem(int status, String code) {
            assertThat(text()).contains("\"code\":\"" + code + "\"");
            assertThat(status()).isEqualTo(status);
            assertThat(header("content-type")).isEqualTo("application/problem+json");
            JsonNode body = json();
            assertThat(body.path("status").asInt()).isEqualTo(status);
            assertThat(body.path("error_code").asString()).isEqualTo(code);
            for (String field :
                    new String[] {"type", "title", "detail", "error", "message", "timestamp"}) {
                assertThat(body.path(field).asString("")).as(field).isNotBlank();
            }
            assertThat(body.path("request_id").asString()).isEqualTo(header("x-request-id"));
            assertThat(body.has("errors")).isEqualTo(status == 422);
            return this;
        }
    }

    static Answer get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    static Answer post(String path, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Content-Type";
        all[1] = "application/json";
        return send("POST", path, BodyPublishers.ofString(body), all);
    }

    static Answer send(String method, String path, BodyPublisher body, String... headers) {
        return sendTo(PlatformServer.port(), method, path, body, headers);
    }

    static Answer sendTo(
            int port, String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                        .timeout(TIMEOUT)
                        .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends bytes as they are and reads until the server closes.
    static String raw(String request) {
        try (Socket socket = new Socket("localhost", PlatformServer.port())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
