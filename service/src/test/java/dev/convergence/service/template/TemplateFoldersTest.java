package dev.convergence.service.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplatePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFoldersTest {

    private static final TenantId ACME = new TenantId("acme_corp");
    private static final TenantId GLOBEX = new TenantId("globex_inc");
    private static final TemplatePath BILLING = new TemplatePath("GCP", "COST", "cost_billing");

    @TempDir private Path directory;
    private Path folder = Path.of("");
    private TemplateFolders folders = new TemplateFolders(reader(), null);

    @BeforeEach
    void open_the_folder() throws IOException {
        folder = Files.createDirectory(directory.resolve("templates"));
        folders = new TemplateFolders(reader(), folder);
    }

    @Test
    void every_bundled_template_is_right_and_listed() {
        assertThat(new TemplateFolders(reader(), null).list(ACME))
                .extracting(template -> template.path().toString())
                .containsExactlyInAnyOrder(
                        "gcp/cost/cost_billing",
                        "gcp/security/security_audit",
                        "aws/cost/cost_analysis",
                        "azure/cost/cost_analysis",
                        "oci/cost/cost_analysis",
                        "azure/compliance/compliance_check",
                        "openai/observability/usage_tracking",
                        "claude/observability/usage_tracking",
                        "focus/cost/import",
                        "aws/security/security_audit",
                        "azure/security/security_audit",
                        "gcp/inventory/asset_inventory",
                        "system/diagnostics/probe");
    }

    @Test
    void an_alias_finds_its_template() {
        Template found = find(ACME, new TemplatePath("gcp", "cost", "billing")).orElseThrow();
        assertThat(found.path()).isEqualTo(BILLING);
    }

    @Test
    void a_name_that_is_nowhere_is_not_found() {
        assertThat(find(ACME, new TemplatePath("gcp", "cost", "nothing"))).isEmpty();
    }

    @Test
    void the_folder_adds_and_overrides_and_the_tenants_own_file_comes_first() throws IOException {
        write("gcp/cost/cost_billing.yml", "folder");
        write("gcp/cost/extra.yml", "extra");
        write("acme_corp/gcp/cost/cost_billing.yml", "own");
        assertThat(id(ACME, BILLING)).isEqualTo("own");
        assertThat(id(GLOBEX, BILLING)).isEqualTo("folder");
        assertThat(id(GLOBEX, new TemplatePath("gcp", "cost", "billing"))).isEqualTo("folder");
        assertThat(id(GLOBEX, new TemplatePath("gcp", "cost", "extra"))).isEqualTo("extra");
        assertThat(folders.list(GLOBEX)).hasSize(14);
    }

    @Test
    void a_tenants_file_may_lie_anywhere_below_its_folder_but_only_once() throws IOException {
        write("acme_corp/cost_billing.yml", "top");
        assertThat(id(ACME, BILLING)).isEqualTo("top");
        write("acme_corp/a/b/c/cost_billing.yml", "deep");
        assertThatThrownBy(() -> find(ACME, BILLING))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("more than one");
    }

    @Test
    void a_tenants_file_is_nobody_elses() throws IOException {
        write("acme_corp/cost_billing.yml", "own");
        write("acme_corp/gcp/cost/secret.yml", "own");
        assertThat(id(GLOBEX, BILLING)).isNotEqualTo("own");
        assertThat(find(GLOBEX, new TemplatePath("acme_corp", "gcp", "secret"))).isEmpty();
        assertThat(find(GLOBEX, new TemplatePath("gcp", "cost", "secret"))).isEmpty();
    }

    @Test
    void an_edit_is_seen_at_once() throws IOException {
        write("gcp/cost/cost_billing.yml", "one");
        String before = find(ACME, BILLING).orElseThrow().version();
        write("gcp/cost/cost_billing.yml", "two");
        assertThat(id(ACME, BILLING)).isEqualTo("two");
        assertThat(find(ACME, BILLING).orElseThrow().version()).isNotEqualTo(before);
    }

    @Test
    void a_link_out_of_the_folder_is_not_followed() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside.yml"), "pipeline_id: x");
        Files.createDirectories(folder.resolve("gcp/cost"));
        Files.createSymbolicLink(folder.resolve("gcp/cost/cost_billing.yml"), outside);
        assertThatThrownBy(() -> find(ACME, BILLING)).hasMessageContaining("outside");
    }

    @Test
    void a_file_with_errors_is_refused_with_its_errors() throws IOException {
        Files.createDirectories(folder.resolve("gcp/cost"));
        Files.writeString(folder.resolve("gcp/cost/cost_billing.yml"), "pipeline_id: x");
        assertThatThrownBy(() -> find(ACME, BILLING)).hasMessageContaining("steps");
    }

    private static TemplateReader reader() {
        return new TemplateReader(KnownTypes.ALL);
    }

    private Optional<Template> find(TenantId tenant, TemplatePath path) {
        return folders.find(tenant, path);
    }

    private String id(TenantId tenant, TemplatePath path) {
        return find(tenant, path).orElseThrow().pipelineId();
    }

    private void write(String file, String pipelineId) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(
                path,
                "pipeline_id: " + pipelineId + "\nsteps: [{step_id: a, ps_type: system.probe}]\n");
    }
}
