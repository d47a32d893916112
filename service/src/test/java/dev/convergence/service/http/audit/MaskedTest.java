package dev.convergence.service.http.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the audit log keeps of a document.
class MaskedTest {

    private final Masked masked = new Masked(JsonMapper.builder().build());

    @Test
    void secrets_are_masked_wherever_they_stand() {
        assertThat(of("{\"api_key\":\"a\",\"in\":[{\"client_secret\":{\"x\":1}}],\"name\":\"n\"}"))
                .isEqualTo(
                        "{\"api_key\":\"***\",\"in\":[{\"client_secret\":\"***\"}],\"name\":\"n\"}");
    }

    @Test
    void a_nul_becomes_a_space_and_a_backslash_before_it_stays() {
        assertThat(of("{\"a\":\"x\\u0000y\"}")).isEqualTo("{\"a\":\"x y\"}");
        assertThat(of("{\"a\":\"x\\\\u0000y\"}")).isEqualTo("{\"a\":\"x\\\\u0000y\"}");
        assertThat(of("{\"a\":\"x\\\\\\u0000y\"}")).isEqualTo("{\"a\":\"x\\\\ y\"}");
    }

    @Test
    void what_is_too_large_says_how_large_it_is() {
        assertThat(of("{\"a\":\"" + "x".repeat(70_000) + "\"}"))
                .contains("70008")
                .hasSizeLessThan(100);
    }

    private @Nullable String of(String body) {
        return masked.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
