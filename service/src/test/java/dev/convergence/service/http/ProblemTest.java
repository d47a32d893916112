package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {

    private static final String THINGS = "/api/v1/tenants/acme_corp/things";
    private static final String[] KEY = {"X-API-Key", "acme_corp"};

    @Test
    void an_unknown_route_is_a_problem() {
        Wire.get("/api/v1/nothing").isProblem(404, "RESOURCE_NOT_FOUND");
        Wire.get("/actuator").isProblem(404, "RESOURCE_NOT_FOUND");
        Wire.get("/actuator/env").isProblem(404, "RESOURCE_NOT_FOUND");
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() {
        Answer answer = Wire.send("PUT", THINGS, BodyPublishers.ofString("{}"), KEY);
        answer.isProblem(405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("allow")).isEqualTo("GET, POST");
    }

    @Test
    void options_lists_the_methods() {
        Answer answer = Wire.send("OPTIONS", THINGS, BodyPublishers.noBody());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("allow")).contains("GET").contains("POST");
    }

    @Test
    void a_wrong_content_type_is_415() {
        Wire.send("POST", THINGS, BodyPublishers.ofString("x"), with("Content-Type", "text/plain"))
                .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void forms_are_415_before_anybody_decodes_them() {
        String form = "tenant_id=%zz&" + "a=1&".repeat(600_000);
        for (String type :
                new String[] {
                    "application/x-www-form-urlencoded", "multipart/form-data;boundary=x"
                }) {
            Wire.send("POST", THINGS, BodyPublishers.ofString(form), with("Content-Type", type))
                    .isProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @Test
    void a_type_that_is_not_answered_is_406() {
        Wire.get(THINGS, with("Accept", "text/html")).isProblem(406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name":                           | 400 | INVALID_JSON
                    {"name": "a", "name": "b"}         | 400 | INVALID_JSON
                    {"name": "a"} {                    | 400 | INVALID_JSON
                    ''                                 | 400 | INVALID_JSON
                    """)
    void a_body_that_is_not_json_is_400(String body, int status, String code) {
        Wire.post(THINGS, body, KEY).isProblem(status, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"name": "a", "prize": 1}                  | prize      | UNKNOWN_FIELD
                    {"name": "a", "itemCount": 1}              | itemCount  | UNKNOWN_FIELD
                    {"name": "a", "item_count": "1"}           | item_count | INVALID_TYPE
                    {"name": "a", "item_count": 1.5}           | item_count | INVALID_TYPE
                    {"name": 5}                                | name       | INVALID_TYPE
                    {"name": {"a": 1}}                         | name       | INVALID_TYPE
                    {"name": "a", "colour": "BLUE"}            | colour     | INVALID_VALUE
                    {"name": "a", "parameters": []}            | parameters | INVALID_TYPE
                    ["name"]                                   | body       | INVALID_TYPE
                    """)
    void a_field_that_does_not_fit_is_named(String body, String field, String code) {
        Answer answer = Wire.post(THINGS, body, KEY);
        answer.isProblem(422, "INVALID_FIELD");
        assertThat(answer.json().path("errors").size()).isOne();
        assertThat(answer.json().path("errors").get(0).path("field").asString()).isEqualTo(field);
        assertThat(answer.json().path("errors").get(0).path("code").asString())
                .isIn(code, "INVALID_VALUE");
        assertThat(answer.text()).doesNotContain("dev.convergence").doesNotContain("java");
    }

    @Test
    void a_body_that_is_not_utf_8_is_400() {
        byte[] latin = {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xE9, '"', '}'};
        Wire.send(
                        "POST",
                        THINGS,
                        BodyPublishers.ofByteArray(latin),
                        with("Content-Type", "application/json"))
                .isProblem(400, "INVALID_ENCODING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\u0000b\"}",
                "{\"name\": \"a\", \"parameters\": {\"x\\u0000\": 1}}",
                "{\"name\": \"\\ud800\"}",
                "{\"name\": \"a\", \"parameters\": {\"deep\": [1, 1e99999]}}",
                "{\"name\": \"a\", \"price\": 1E-10000}"
            })
    void text_and_numbers_that_no_store_can_hold_are_refused(String body) {
        Wire.post(THINGS, body, KEY).isProblem(422, "INVALID_FIELD");
    }

    @Test
    void text_that_only_looks_like_it_passes() {
        String body = "{\"name\": \"12e45678 \\\\u0000 \\ud83d\\ude00\", \"price\": 1e20}";
        assertThat(Wire.post(THINGS, body, KEY).status()).isEqualTo(201);
    }

    @Test
    void a_body_nested_without_end_is_400() {
        Wire.post(THINGS, "{\"parameters\": {\"a\": " + "[".repeat(100_000), KEY)
                .isProblem(400, "INVALID_JSON");
    }

    @Test
    void a_nul_in_the_query_is_400() {
        Wire.get("/api/v1/anyone?search=a%00b").isProblem(400, "INVALID_PARAMETER");
    }

    @Test
    void enums_are_read_in_any_case_and_money_is_exact() {
        Answer answer = Wire.post(THINGS, "{\"name\": \"a\", \"colour\": \"green\"}", KEY);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).contains("\"price\":0.10").contains("\"api_key\":");
    }

    @Test
    void a_bug_shows_nothing_of_itself() {
        Answer answer = Wire.get("/api/v1/bug", "X-Request-ID", "find-me-7");
        answer.isProblem(500, "INTERNAL_ERROR");
        assertThat(answer.text()).contains("find-me-7").doesNotContain("password");
    }

    @Test
    void facts_of_a_refusal_are_fields_and_its_pause_is_a_header() {
        Answer answer = Wire.get("/api/v1/over-quota");
        answer.isProblem(429, "DAILY_QUOTA_EXCEEDED");
        assertThat(answer.header("retry-after")).isEqualTo("77");
        assertThat(answer.json().path("used").asInt()).isEqualTo(6);
        assertThat(answer.get("error")).isEqualTo("quota_exceeded");
    }

    @Test
    void an_id_that_cannot_be_one_is_not_found_and_a_bad_query_value_is_named() {
        Wire.send("DELETE", "/api/v1/things/7?number=1", BodyPublishers.noBody(), KEY)
                .isProblem(404, "RESOURCE_NOT_FOUND");
        String path = "/api/v1/things/" + new UUID(1, 2);
        Answer wrong = Wire.send("DELETE", path + "?number=x", BodyPublishers.noBody(), KEY);
        wrong.isProblem(422, "INVALID_FIELD");
        assertThat(wrong.text()).contains("\"field\":\"number\"");
        Wire.send("DELETE", path, BodyPublishers.noBody(), KEY).isProblem(422, "INVALID_FIELD");
    }

    private static String[] with(String name, String value) {
        return new String[] {KEY[0], KEY[1], name, value};
    }
}
