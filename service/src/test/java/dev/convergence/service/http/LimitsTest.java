package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final String THINGS = "/api/v1/tenants/acme_corp/things";
    private static final int BODY_MAX = 10_485_760;

    @Test
    void a_body_of_exactly_ten_mebibytes_is_read_and_one_byte_more_is_not() {
        assertThat(Wire.post(THINGS, thing(BODY_MAX), "X-API-Key", "acme_corp").status())
                .isEqualTo(201);
        Wire.post(THINGS, thing(BODY_MAX + 1), "X-API-Key", "acme_corp")
                .isProblem(413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void a_body_far_too_large_still_gets_its_answer() {
        Wire.post(THINGS, thing(50 * 1024 * 1024), "X-API-Key", "acme_corp")
                .isProblem(413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void a_chunked_body_is_measured_while_it_is_read() {
        byte[] body = thing(BODY_MAX + 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String[] headers = {"X-API-Key", "acme_corp", "Content-Type", "application/json"};
        Wire.send(
                        "POST",
                        THINGS,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        headers)
                .isProblem(413, "PAYLOAD_TOO_LARGE");
        String[] repeatable = {
            "X-API-Key", "acme_corp", "Content-Type", "application/json", "Idempotency-Key", "big"
        };
        Wire.send(
                        "POST",
                        THINGS,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        repeatable)
                .isProblem(413, "PAYLOAD_TOO_LARGE");
    }

    private static String thing(int bytes) {
        String frame = "{\"name\": \"\"}";
        return "{\"name\": \"" + "a".repeat(bytes - frame.length()) + "\"}";
    }

    @Test
    void headers_have_limits() {
        Wire.get("/api/v1/anyone", "X-Long", "a".repeat(4_100)).isProblem(400, "INVALID_HEADERS");
        String half = "a".repeat(3_000);
        assertThat(Wire.get("/api/v1/anyone", "X-A", half, "X-B", half).status()).isEqualTo(200);
        Wire.get("/api/v1/anyone", "X-A", half, "X-B", half, "X-C", half)
                .isProblem(400, "INVALID_HEADERS");
        assertThat(Wire.get("/health", "X-A", half, "X-B", half, "X-C", half).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "javascript:alert(1)",
                "x onload=alert(1)",
                "../../etc/passwd",
                "1; DROP TABLE tenant",
                "1;delete from tenant"
            })
    void hostile_headers_are_refused(String value) {
        Wire.get("/api/v1/anyone", "X-Note", value).isProblem(400, "INVALID_HEADERS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"online=1; one=2", "text/html;q=0.9", "application/json; charset=utf-8"})
    void honest_headers_pass(String value) {
        assertThat(Wire.get("/api/v1/anyone", "X-Note", value).status()).isEqualTo(200);
    }

    @Test
    void the_fifty_first_run_of_a_minute_is_refused_and_a_minute_later_runs_again() {
        String path = "/api/v1/pipelines/run/x";
        String[] key = {"X-API-Key", "busy_runner"};
        for (int i = 0; i < 50; i++) {
            assertThat(Wire.post(path, "{}", key).status()).isEqualTo(200);
        }
        Answer refused = Wire.post(path, "{}", key);
        refused.isProblem(429, "RATE_LIMIT_EXCEEDED");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
        assertThat(refused.json().path("retry_after").asInt()).isBetween(1, 60);
        assertThat(Wire.post(path, "{}", "X-API-Key", "other_runner").status()).isEqualTo(200);
        PlatformServer.CLOCK.advance(Duration.ofSeconds(60));
        assertThat(Wire.post(path, "{}", key).status()).isEqualTo(200);
    }

    @Test
    void every_answer_to_a_tenant_shows_what_is_left() {
        Answer answer = Wire.get("/api/v1/both", "X-API-Key", "quiet_tenant");
        assertThat(answer.header("x-ratelimit-tenant-limit")).isEqualTo("1000");
        assertThat(answer.header("x-ratelimit-tenant-remaining")).isEqualTo("999");
        assertThat(answer.header("x-ratelimit-remaining")).isEqualTo("999");
        assertThat(answer.header("ratelimit-policy")).isEqualTo("\"default\";q=1000;w=60");
        assertThat(answer.header("ratelimit")).startsWith("\"default\";r=999;t=");
    }
}
