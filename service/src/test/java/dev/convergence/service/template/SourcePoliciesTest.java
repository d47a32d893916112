package dev.convergence.service.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.Template;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a template says to whoever sets it up: the rights that its source needs, and the schema of
/// its parameters.
class SourcePoliciesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Template> templates() {
        return new TemplateFolders(new TemplateReader(KnownTypes.ALL), null)
                .list(new TenantId("acme_corp"));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void every_template_that_reads_a_source_says_which_rights_that_needs(Template template) {
        boolean reads = template.parameters().stream().anyMatch(p -> p.name().equals("source"));
        assertThat(SourcePolicies.of(template.path()).isPresent())
                .as(template.path().toString())
                .isEqualTo(reads);
        assertThat(SourcePolicies.of(template.path()).orElse("# none"))
                .startsWith("# ")
                .doesNotContain("\"*:*\"", "s3:*", "roles/owner", "roles/editor");
    }

    @ParameterizedTest
    @MethodSource("templates")
    void the_schema_of_its_parameters_takes_its_defaults_and_refuses_others(Template template) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.writeValueAsString(ParameterSchema.of(template)));
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (ParameterSpec spec : template.parameters()) {
            Object value = spec.defaultValue();
            if (value != null) {
                defaults.put(spec.name(), value);
            }
        }
        assertThat(schema.validate(node(defaults))).isEmpty();
        assertThat(schema.validate(node(Map.of("nothing_of_the_kind", 1)))).isNotEmpty();
        if (template.parameters().stream().anyMatch(p -> p.name().equals("source"))) {
            assertThat(schema.validate(node(Map.of("source", "the moon")))).isNotEmpty();
        }
    }

    private static JsonNode node(Map<String, Object> values) {
        return JSON.valueToTree(values);
    }
}
