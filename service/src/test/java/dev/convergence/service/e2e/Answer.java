package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the server answered.
record Answer(HttpResponse<byte[]> response) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    int status() {
        return response.statusCode();
    }

    String text() {
        return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JSON.readTree(response.body());
    }

    JsonNode field(String name) {
        return json().path(name);
    }

    String get(String name) {
        return field(name).asString("");
    }

    long number(String name) {
        return field(name).asLong();
    }

    List<JsonNode> list(String name) {
        return field(name).valueStream().toList();
    }

    Answer isOk() {
        assertThat(status()).as(text()).isEqualTo(200);
        return this;
    }

    Answer isRefused(int status, String code) {
        assertThat(status()).as(text()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(get("code")).as(text()).isEqualTo(code);
        assertThat(get("detail")).isNotBlank();
        assertThat(get("request_id")).isNotBlank();
        return this;
    }
}
