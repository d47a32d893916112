package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.template.TemplateReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The page of templates has every field and every bundled template; the example of the how-to can
/// be read.
class TemplatesPageTest {

    private static final String PAGE = "docs/reference/templates.md";

    @Test
    void every_field_is_described() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(resource("/schemas/pipeline-template.json"));

        assertThat(words("## Fields of a template"))
                .containsExactlyInAnyOrderElementsOf(names(schema.at("/properties")));
        assertThat(words("## Fields of a parameter"))
                .containsExactlyInAnyOrderElementsOf(
                        names(schema.at("/$defs/parameter/properties")));
        assertThat(words("## Fields of a step"))
                .containsExactlyInAnyOrderElementsOf(names(schema.at("/$defs/step/properties")));
    }

    @Test
    void every_bundled_template_is_listed() throws IOException {
        Set<String> bundled =
                resource("/templates/index.txt")
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.replaceAll("\\s*=.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(words("## Bundled templates")).containsExactlyInAnyOrderElementsOf(bundled);
    }

    @Test
    void the_example_of_the_how_to_is_a_template_without_faults() {
        String yaml =
                Pages.found(Pages.text("docs/howto/write-a-template.md"), "(?s)```yaml\n(.*?)```")
                        .getFirst();
        TemplateReader reader = new TemplateReader(words("## Step types"));

        var reading = reader.read(new TemplatePath("nimbus", "cost", "export"), yaml);

        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    private static Set<String> names(JsonNode properties) {
        return Set.copyOf(properties.propertyNames());
    }

    /// What stands in backticks in the first column of a section's first table.
    private static Set<String> words(String heading) {
        String table = Pages.section(PAGE, heading).strip().split("\n\n", 2)[0];
        return Pages.found(table, "^\\| ([^|]*) \\|").stream()
                .flatMap(cell -> Pages.found(cell, "`([^`]+)`").stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TemplatesPageTest.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
