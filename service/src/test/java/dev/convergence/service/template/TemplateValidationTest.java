package dev.convergence.service.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.TemplatePath;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateValidationTest {

    private static final TenantId ACME = new TenantId("acme_corp");

    private final TemplateReader reader = new TemplateReader(KnownTypes.ALL);
    private final TemplateValidation validation =
            new TemplateValidation(new TemplateFolders(reader, null), reader);

    @Test
    void a_named_template_shows_what_would_run() {
        TemplateReport report =
                validation.named(
                        ACME,
                        new TemplatePath("gcp", "cost", "billing"),
                        Map.of("source", "SAMPLE", "date", "2026-01-31"));
        assertThat(report.valid()).isTrue();
        assertThat(report.errors()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.resolvedPipelineId()).isEqualTo("acme_corp-gcp-cost-cost_billing");
        assertThat(report.steps())
                .contains(
                        new TemplateReport.Level("extract", 0),
                        new TemplateReport.Level("focus", 1),
                        new TemplateReport.Level("publish", 3));
    }

    @Test
    void wrong_parameters_are_collected() {
        TemplateReport report =
                validation.named(
                        ACME,
                        new TemplatePath("system", "diagnostics", "probe"),
                        Map.of("outcome", "MAYBE", "duration_ms", -1, "typo", true));
        assertThat(report.valid()).isFalse();
        assertThat(report.errors())
                .extracting(TemplateProblem::path)
                .containsExactlyInAnyOrder(
                        "parameters.outcome", "parameters.duration_ms", "parameters.typo");
    }

    @Test
    void a_placeholder_that_nothing_fills_is_a_warning_with_its_line() {
        TemplateReport report =
                validation.inline(
                        ACME,
                        """
                        pipeline_id: "{tenant_id}-x"
                        variables: {known: 1}
                        steps:
                          - step_id: a
                            ps_type: system.probe
                            config:
                              one: "{known} {date} ${tenant_id}"
                              two: ["{nobody}"]
                        """,
                        Map.of());
        assertThat(report.valid()).isTrue();
        assertThat(report.resolvedPipelineId()).isEqualTo("acme_corp-x");
        assertThat(report.warnings())
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.code()).isEqualTo("UNRESOLVED_PLACEHOLDER");
                    assertThat(warning.line()).isEqualTo(8);
                });
    }

    @Test
    void an_inline_template_with_errors_has_no_steps() {
        TemplateReport report = validation.inline(ACME, "pipeline_id: x", Map.of());
        assertThat(report.valid()).isFalse();
        assertThat(report.errors()).isNotEmpty();
        assertThat(report.steps()).isEmpty();
    }

    @Test
    void an_unknown_template_is_named_in_the_refusal() {
        assertThatThrownBy(() ->
                        validation.named(ACME, new TemplatePath("gcp", "cost", "none"), Map.of()))
                .hasMessageContaining("gcp/cost/none");
    }
}
