package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {

    private static final String PROFILE = "/api/v1/tenants/acme_corp/profile";

    @Test
    void a_missing_key_is_challenged() {
        Answer answer = Wire.get(PROFILE);
        answer.isProblem(401, "UNAUTHORIZED");
        assertThat(answer.header("www-authenticate")).isEqualTo("ApiKey");
        assertThat(answer.get("detail")).containsIgnoringCase("missing api key");
    }

    @Test
    void a_key_is_taken_from_either_header() {
        assertThat(Wire.get(PROFILE, "X-API-Key", "acme_corp").get("tenant_id"))
                .isEqualTo("acme_corp");
        assertThat(Wire.get(PROFILE, "Authorization", "bearer acme_corp").get("tenant_id"))
                .isEqualTo("acme_corp");
        Wire.get(PROFILE, "Authorization", "Basic acme_corp").isProblem(401, "UNAUTHORIZED");
        Wire.get(PROFILE, "X-API-Key", "  ").isProblem(401, "INVALID_API_KEY");
    }

    @ParameterizedTest
    @CsvSource({
        "acme_corp:unknown, 401, INVALID_API_KEY",
        "acme_corp:broken, 503, SERVICE_UNAVAILABLE",
        "acme_corp:past due, 403, SUBSCRIPTION_INACTIVE",
        "acme_corp:trial over, 402, SUBSCRIPTION_EXPIRED",
        "acme_corp:ended, 402, SUBSCRIPTION_EXPIRED",
        "globex_inc, 403, FORBIDDEN"
    })
    void a_key_that_does_not_open_says_why(String key, int status, String code) {
        Wire.get(PROFILE, "X-API-Key", key).isProblem(status, code);
    }

    @Test
    void a_key_that_does_not_open_is_challenged_too() {
        Answer answer = Wire.get(PROFILE, "X-API-Key", "acme_corp:unknown");
        assertThat(answer.header("www-authenticate")).isEqualTo("ApiKey");
    }

    @Test
    void another_tenants_path_names_both() {
        Answer answer = Wire.get(PROFILE, "X-API-Key", "globex_inc");
        assertThat(answer.get("detail")).contains("globex_inc").contains("acme_corp");
    }

    @Test
    void the_last_day_of_a_trial_still_counts() {
        assertThat(Wire.get(PROFILE, "X-API-Key", "acme_corp:trial").status()).isEqualTo(200);
    }

    @Test
    void a_suspended_tenant_reads_its_profile_and_nothing_else() {
        String key = "acme_corp:suspended";
        assertThat(Wire.get(PROFILE, "X-API-Key", key).status()).isEqualTo(200);
        Wire.get("/api/v1/tenants/acme_corp/things", "X-API-Key", key)
                .isProblem(403, "CUSTOMER_SUSPENDED");
    }

    @Test
    void a_scope_is_needed() {
        String things = "/api/v1/tenants/acme_corp/things";
        assertThat(Wire.get(things, "X-API-Key", "acme_corp:read").status()).isEqualTo(200);
        Answer refused = Wire.post(things, "{\"name\": \"a\"}", "X-API-Key", "acme_corp:read");
        refused.isProblem(403, "INSUFFICIENT_SCOPE");
        assertThat(refused.get("detail")).contains("pipelines:write");
    }

    @Test
    void the_operators_keys_are_all_good_and_others_are_not() {
        assertThat(Wire.get("/api/v1/operator", "X-Admin-Key", PlatformServer.ADMIN).get("kind"))
                .isEqualTo("operator");
        assertThat(Wire.get("/api/v1/operator", "X-Admin-Key", PlatformServer.ADMIN_NEXT).status())
                .isEqualTo(200);
        Answer missing = Wire.get("/api/v1/operator", "X-API-Key", "acme_corp");
        missing.isProblem(401, "UNAUTHORIZED");
        assertThat(missing.header("www-authenticate")).isEqualTo("AdminKey");
        Answer wrong = Wire.get("/api/v1/operator", "X-Admin-Key", "admin_wrong");
        wrong.isProblem(403, "FORBIDDEN");
        assertThat(wrong.header("www-authenticate")).isEqualTo("AdminKey");
    }

    @Test
    void with_both_keys_the_operator_wins() {
        String[] both = {"X-API-Key", "acme_corp", "X-Admin-Key", PlatformServer.ADMIN};
        assertThat(Wire.get("/api/v1/both", both).get("kind")).isEqualTo("operator");
        assertThat(Wire.get("/api/v1/both", "X-API-Key", "acme_corp").get("kind"))
                .isEqualTo("tenant");
        Wire.get("/api/v1/both").isProblem(401, "UNAUTHORIZED");
    }

    @Test
    void a_public_route_learns_who_calls() {
        assertThat(Wire.get("/api/v1/anyone").get("kind")).isEqualTo("anyone");
        assertThat(Wire.get("/api/v1/anyone", "X-API-Key", "acme_corp").get("kind"))
                .isEqualTo("tenant");
        Wire.get("/api/v1/anyone", "X-API-Key", "acme_corp:unknown")
                .isProblem(401, "INVALID_API_KEY");
    }

    @Test
    void the_audit_user_is_recorded_and_a_blank_one_is_none() {
        String[] user = {"X-API-Key", "acme_corp", "X-User-ID", "anna"};
        assertThat(Wire.get(PROFILE, user).get("user_id")).isEqualTo("anna");
        String[] blank = {"X-API-Key", "acme_corp", "X-User-ID", " "};
        assertThat(Wire.get(PROFILE, blank).json().path("user_id").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/tenants/ab/profile",
        "/api/v1/tenants/a.b.c/profile",
        "/api/v1/tenants/acme%20corp/profile",
        "/api/v1/both?customer_id=x",
        "/api/v1/both?tenant_id=a'b--"
    })
    void a_tenant_id_that_cannot_be_one_is_400_before_the_key_is_looked_at(String path) {
        Wire.get(path).isProblem(400, "INVALID_TENANT_ID");
    }

    @Test
    void the_tenant_header_is_checked_too() {
        Wire.get("/api/v1/anyone", "X-Tenant-ID", "a b").isProblem(400, "INVALID_TENANT_ID");
    }
}
