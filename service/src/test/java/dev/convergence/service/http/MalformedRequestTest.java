package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no client library sends: the answer is a problem even when Tomcat gives it.
class MalformedRequestTest {

    private static final String REST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../../etc/passwd",
                "/api/v1/%2e%2e/secret",
                "/api/v1/%252e%252e/secret",
                "/api/v1/a%00b",
                "/api/v1/a%2500b",
                "/api/v1/a\\b",
                "/api/v1/a%5cb",
                "/api/v1//tenants",
                "/api/v1/a%2f%2fb",
                "/api/v1/tenants/acme;x=1/things",
                "/api/v1/a%zzb",
                "/api/v1/a%252525"
            })
    void a_hostile_path_is_refused(String path) {
        String answer = Wire.raw("GET " + path + REST + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
        assertThat(answer).contains("\"code\":\"INVALID_PARAMETER\"");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).contains("x-request-id: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE\r\n\r\n", "GET\r\n\r\n"})
    void a_broken_request_line_is_a_problem(String request) {
        String answer = Wire.raw(request);
        assertThat(answer).contains("application/problem+json").contains("\"request_id\"");
        assertThat(answer).doesNotContain("<html").doesNotContain("Tomcat");
    }

    @Test
    void a_version_that_is_not_spoken_is_a_problem_of_the_caller() {
        assertThat(Wire.raw("GET / HTTP/9.9\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 505")
                .contains("application/problem+json")
                .contains("\"code\":\"HTTP_VERSION_NOT_SUPPORTED\"");
    }

    @Test
    void headers_beyond_tomcats_own_limit_are_a_problem() {
        String answer =
                Wire.raw("GET /api/v1/x" + REST + "X-Big: " + "a".repeat(70_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"INVALID_HEADERS\"");
    }

    @ParameterizedTest
    @CsvSource({"X-A: bad\u0001value", "Bad Name: x", "Content-Length: x"})
    void headers_that_are_not_http_are_a_problem(String header) {
        String answer = Wire.raw("GET /api/v1/anyone" + REST + header + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?tenant_id=%zz", "?a=%", "?a=%00"})
    void a_query_that_cannot_be_decoded_is_a_problem(String query) {
        String answer = Wire.raw("GET /api/v1/both" + query + REST + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("problem+json");
    }

    @Test
    void more_parameters_than_anyone_needs_are_a_problem() {
        String answer = Wire.raw("GET /api/v1/both?" + "a=1&".repeat(1_500) + REST + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("problem+json");
    }

    @Test
    void a_strange_method_is_refused() {
        assertThat(Wire.raw("TRACE /api/v1/anyone" + REST + "\r\n")).contains("problem+json");
        assertThat(Wire.raw("FROB /api/v1/anyone" + REST + "\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET")
                .contains("problem+json");
    }

    @Test
    void a_missing_host_is_a_problem() {
        assertThat(Wire.raw("GET /health HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("problem+json");
    }
}
