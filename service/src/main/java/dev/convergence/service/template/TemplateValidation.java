package dev.convergence.service.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.Parameters;
import dev.convergence.engine.template.Placeholders;
import dev.convergence.engine.template.StepOrder;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.template.TemplateReader.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says what a run of a template would be, or why there cannot be one, without starting it.
public final class TemplateValidation {

    /// The name under which a template without a place is read.
    private static final TemplatePath INLINE = new TemplatePath("inline", "template", "draft");

    /// Placeholders that every run fills.
    private static final Set<String> BUILT_IN =
            Set.of(
                    "tenant_id",
                    "customer_id",
                    "org_slug",
                    "provider",
                    "domain",
                    "template_name",
                    "pipeline_id",
                    "run_id",
                    "pipeline_logging_id",
                    "attempt",
                    "date",
                    "run_date",
                    "start_date",
                    "end_date",
                    "trigger_by");

    private final TemplateFolders folders;
    private final TemplateReader reader;

    public TemplateValidation(TemplateFolders folders, TemplateReader reader) {
        this.folders = folders;
        this.reader = reader;
    }

    /// @throws EngineException PIPELINE_NOT_FOUND, naming the path
    public TemplateReport named(
            TenantId tenant, TemplatePath path, Map<String, ? extends @Nullable Object> given) {
        Reading reading =
                folders.reading(tenant, path)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.PIPELINE_NOT_FOUND,
                                        "There is no template " + path + "."));
        return report(tenant, reading, given);
    }

    public TemplateReport inline(
            TenantId tenant, String yaml, Map<String, ? extends @Nullable Object> given) {
        return report(tenant, reader.read(INLINE, yaml), given);
    }

    private static TemplateReport report(
            TenantId tenant, Reading reading, Map<String, ? extends @Nullable Object> given) {
        if (reading.template().isEmpty()) {
            return new TemplateReport(false, reading.errors(), reading.warnings(), "", List.of());
        }
        Template template = reading.template().get();
        Parameters parameters = Parameters.of(template.parameters(), given);
        List<TemplateProblem> errors =
                parameters.errors().stream()
                        .map(e ->
                                new TemplateProblem(
                                        e.field(), 0, e.code(), e.field() + " " + e.detail() + "."))
                        .toList();
        List<TemplateProblem> warnings = new ArrayList<>(reading.warnings());
        warnings.addAll(unresolved(template, parameters, reading.text()));
        return new TemplateReport(
                errors.isEmpty(),
                errors,
                warnings,
                pipelineId(tenant, template, parameters),
                levels(template));
    }

    private static String pipelineId(TenantId tenant, Template template, Parameters parameters) {
        Map<String, Object> values = new HashMap<>(template.variables());
        values.putAll(parameters.values());
        values.put("tenant_id", tenant.value());
        values.put("customer_id", tenant.value());
        values.put("provider", template.path().provider());
        values.put("domain", template.path().domain());
        values.put("template_name", template.path().name());
        return new Placeholders(values).fillText(template.pipelineId());
    }

    private static List<TemplateProblem> unresolved(
            Template template, Parameters parameters, String text) {
        List<TemplateProblem> warnings = new ArrayList<>();
        for (StepSpec step : template.steps()) {
            Set<String> names = new LinkedHashSet<>(Placeholders.names(step.config()));
            names.removeAll(BUILT_IN);
            names.removeAll(template.variables().keySet());
            names.removeAll(parameters.values().keySet());
            if (step.config().get("variables") instanceof Map<?, ?> own) {
                names.removeAll(own.keySet());
            }
            names.forEach(name -> warnings.add(unresolved(step, name, text)));
        }
        return warnings;
    }

    private static TemplateProblem unresolved(StepSpec step, String name, String text) {
        List<String> lines = text.lines().toList();
        int line = 0;
        while (line < lines.size() && !lines.get(line).contains("{" + name + "}")) {
            line++;
        }
        return new TemplateProblem(
                "steps." + step.id(),
                line + 1,
                "UNRESOLVED_PLACEHOLDER",
                "Nothing fills {" + name + "} of the step " + step.id() + "; it stays as written.");
    }

    private static List<TemplateReport.Level> levels(Template template) {
        return StepOrder.of(template.steps()).levels().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> new TemplateReport.Level(entry.getKey(), entry.getValue()))
                .toList();
    }
}
