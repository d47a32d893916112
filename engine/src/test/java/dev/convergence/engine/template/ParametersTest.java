package dev.convergence.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.template.ParameterSpec.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final List<ParameterSpec> SPECS =
            List.of(
                    spec("source", Type.STRING, "auto", List.of("auto", "landing"), null),
                    spec("rows", Type.INTEGER, null, List.of(), null),
                    spec("share", Type.NUMBER, null, List.of(), null),
                    spec("strict", Type.BOOLEAN, null, List.of(), null),
                    spec("start_date", Type.DATE, null, List.of(), null),
                    spec("end_date", Type.DATE, null, List.of(), null),
                    spec("pool", Type.STRING, null, List.of(), "[a-z]+"),
                    spec("list", Type.LIST, null, List.of(), null),
                    spec("object", Type.OBJECT, null, List.of(), null),
                    spec("echo", Type.ANY, null, List.of(), null),
                    new ParameterSpec(
                            "needed", Type.STRING, "", true, null, List.of(), null, null, null));

    @Test
    void what_is_given_gets_its_type_and_the_rest_its_default() {
        Parameters parameters =
                Parameters.of(
                        SPECS,
                        Map.of(
                                "needed", "x",
                                "rows", "7",
                                "share", 0.25,
                                "strict", "TRUE",
                                "start_date", "2026-01-31",
                                "echo", Map.of("a", List.of(1))));
        assertThat(parameters.errors()).isEmpty();
        assertThat(parameters.values())
                .containsEntry("source", "auto")
                .containsEntry("rows", 7L)
                .containsEntry("share", new BigDecimal("0.25"))
                .containsEntry("strict", true)
                .containsEntry("start_date", "2026-01-31")
                .containsEntry("echo", Map.of("a", List.of(1)))
                .doesNotContainKey("pool");
    }

    @Test
    void allowed_words_are_taken_in_any_case_and_stored_as_the_template_writes_them() {
        assertThat(Parameters.of(SPECS, Map.of("needed", "x", "source", "LANDING")).values())
                .containsEntry("source", "landing");
    }

    @Test
    void every_error_is_told_at_once() {
        Parameters parameters =
                Parameters.of(
                        SPECS,
                        Map.of(
                                "source", "moon",
                                "rows", "many",
                                "share", 2,
                                "strict", "perhaps",
                                "start_date", "INVALID_DATE",
                                "pool", "A/B",
                                "list", "a",
                                "object", "b",
                                "typo", 1));
        assertThat(parameters.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactlyInAnyOrder(
                        pair("typo", "UNKNOWN_PARAMETER"),
                        pair("source", "NOT_ALLOWED"),
                        pair("rows", "WRONG_TYPE"),
                        pair("share", "OUT_OF_RANGE"),
                        pair("strict", "WRONG_TYPE"),
                        pair("start_date", "INVALID_DATE"),
                        pair("pool", "PATTERN"),
                        pair("list", "WRONG_TYPE"),
                        pair("object", "WRONG_TYPE"),
                        pair("needed", "REQUIRED"));
    }

    @Test
    void numbers_that_do_not_fit_are_refused() {
        for (Object given : List.of("9223372036854775808", 1.5, "1e999999999", "NaN")) {
            assertThat(Parameters.of(SPECS, Map.of("needed", "x", "rows", given)).errors())
                    .extracting(FieldError::code)
                    .containsExactly("WRONG_TYPE");
        }
        assertThat(Parameters.of(SPECS, Map.of("needed", "x", "rows", Long.MAX_VALUE)).values())
                .containsEntry("rows", Long.MAX_VALUE);
    }

    @Test
    void a_range_of_dates_must_not_run_backwards() {
        Map<String, String> given =
                Map.of("needed", "x", "start_date", "2026-02-01", "end_date", "2026-01-31");
        assertThat(Parameters.of(SPECS, given).errors())
                .extracting(FieldError::field)
                .containsExactly("parameters.end_date");
    }

    @Test
    void a_refusal_names_every_field() {
        assertThatThrownBy(() -> Parameters.of(SPECS, Map.of("typo", 1)).orRefuse())
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("typo")
                .hasMessageContaining("needed");
    }

    private static org.assertj.core.groups.Tuple pair(String name, String code) {
        return org.assertj.core.groups.Tuple.tuple("parameters." + name, code);
    }

    private static ParameterSpec spec(
            String name,
            Type type,
            @Nullable Object defaultValue,
            List<Object> allowed,
            @Nullable String pattern) {
        return new ParameterSpec(
                name,
                type,
                "",
                false,
                defaultValue,
                allowed,
                pattern,
                BigDecimal.ZERO,
                type == Type.NUMBER ? BigDecimal.ONE : null);
    }
}
