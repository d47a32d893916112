package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

class FrameTest {

    @Test
    void every_answer_carries_its_id_time_version_and_guards() {
        Answer answer = Wire.get("/api/v1/anyone", "X-Request-ID", "my-id.1");
        assertThat(answer.header("x-request-id")).isEqualTo("my-id.1");
        assertThat(Double.parseDouble(answer.header("x-process-time"))).isPositive();
        assertThat(answer.header("x-api-version")).isEqualTo("1.2.3");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("x-frame-options")).isEqualTo("DENY");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("content-security-policy")).startsWith("default-src 'none'");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.header("content-type")).startsWith("application/json");
    }

    @Test
    void problems_carry_them_too() {
        Answer answer = Wire.get("/api/v1/nothing");
        assertThat(answer.header("x-process-time")).isNotEmpty();
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void a_request_id_that_is_not_sane_is_replaced() {
        Answer answer = Wire.get("/api/v1/anyone", "X-Request-ID", "a b\"c");
        assertThat(answer.header("x-request-id")).matches("[0-9a-f-]{36}");
    }

    @Test
    void an_allowed_origin_may_read_and_others_get_no_permission() {
        Answer preflight =
                Wire.send(
                        "OPTIONS",
                        "/api/v1/anyone",
                        BodyPublishers.noBody(),
                        "Origin",
                        "https://console.example",
                        "Access-Control-Request-Method",
                        "GET",
                        "Access-Control-Request-Headers",
                        "x-api-key");
        assertThat(preflight.status()).isEqualTo(200);
        assertThat(preflight.header("access-control-allow-origin"))
                .isEqualTo("https://console.example");
        assertThat(preflight.header("access-control-allow-headers")).contains("x-api-key");
        Answer foreign = Wire.get("/api/v1/anyone", "Origin", "https://evil.example");
        assertThat(foreign.status()).isEqualTo(200);
        assertThat(foreign.header("access-control-allow-origin")).isEmpty();
    }
}
