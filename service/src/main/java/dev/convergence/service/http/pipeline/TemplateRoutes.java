package dev.convergence.service.http.pipeline;

import dev.convergence.api.pipeline.TemplateDetailAnswer;
import dev.convergence.api.pipeline.TemplatesAnswer;
import dev.convergence.api.pipeline.TemplatesAnswer.ParameterAnswer;
import dev.convergence.api.pipeline.TemplatesAnswer.TemplateAnswer;
import dev.convergence.api.pipeline.ValidateAnswer;
import dev.convergence.api.pipeline.ValidateRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.template.ParameterSpec;
import dev.convergence.engine.template.StepSpec;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import dev.convergence.service.template.ParameterSchema;
import dev.convergence.service.template.SourcePolicies;
import dev.convergence.service.template.TemplateProblem;
import dev.convergence.service.template.TemplateReport;
import dev.convergence.service.template.TemplateValidation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The templates that a tenant may run, and a check of those it writes.
@RestController
public final class TemplateRoutes {

    private final TemplateCatalog templates;
    private final TemplateValidation validation;

    public TemplateRoutes(TemplateCatalog templates, TemplateValidation validation) {
        this.templates = templates;
        this.validation = validation;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/templates")
    public TemplatesAnswer list(
            @RequestParam(name = "provider", required = false) @Nullable String provider,
            Caller.Tenant caller) {
        List<TemplateAnswer> found =
                templates.list(caller.tenant()).stream()
                        .filter(t ->
                                provider == null || t.path().provider().equalsIgnoreCase(provider))
                        .map(TemplateRoutes::template)
                        .toList();
        return new TemplatesAnswer(found, found.size());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/pipelines/templates/{provider}/{domain}/{template_name}")
    public TemplateDetailAnswer get(
            @PathVariable("provider") String provider,
            @PathVariable("domain") String domain,
            @PathVariable("template_name") String name,
            Caller.Tenant caller) {
        TemplatePath path = new TemplatePath(provider, domain, name);
        Template template =
                templates
                        .find(caller.tenant(), path)
                        .orElseThrow(() ->
                                EngineException.notFound("There is no template " + path + "."));
        return new TemplateDetailAnswer(
                template(template),
                ParameterSchema.of(template),
                SourcePolicies.of(template.path()).orElse(null));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @PostMapping("/api/v1/pipelines/validate")
    public ValidateAnswer validate(@RequestBody ValidateRequest request, Caller.Tenant caller) {
        Map<String, Object> parameters = Objects.requireNonNullElse(request.parameters(), Map.of());
        String yaml = request.yaml();
        TemplateReport report =
                yaml == null
                        ? validation.named(caller.tenant(), path(request), parameters)
                        : validation.inline(caller.tenant(), yaml, parameters);
        return answer(report);
    }

    private static TemplatePath path(ValidateRequest request) {
        if (request.provider() == null
                || request.domain() == null
                || request.templateName() == null) {
            throw EngineException.invalidField(
                    "template_name",
                    "REQUIRED",
                    "is required with provider and domain, unless yaml holds a template.");
        }
        return new TemplatePath(request.provider(), request.domain(), request.templateName());
    }

    private static ValidateAnswer answer(TemplateReport report) {
        return new ValidateAnswer(
                report.valid(),
                report.errors().stream().map(TemplateRoutes::fault).toList(),
                report.warnings().stream().map(TemplateRoutes::fault).toList(),
                report.resolvedPipelineId(),
                report.steps().stream()
                        .map(step -> new ValidateAnswer.Step(step.stepId(), step.level()))
                        .toList());
    }

    private static ValidateAnswer.Fault fault(TemplateProblem problem) {
        return new ValidateAnswer.Fault(
                problem.path(), problem.line(), problem.code(), problem.message());
    }

    private static TemplateAnswer template(Template template) {
        return new TemplateAnswer(
                template.path().toString(),
                template.title(),
                template.path().provider(),
                template.path().domain(),
                template.path().name(),
                template.description(),
                template.version(),
                template.parameters().stream().map(TemplateRoutes::parameter).toList(),
                template.steps().stream().map(StepSpec::id).toList());
    }

    private static ParameterAnswer parameter(ParameterSpec spec) {
        return new ParameterAnswer(
                spec.name(),
                spec.type().name(),
                spec.description(),
                spec.required(),
                spec.defaultValue(),
                spec.allowed(),
                spec.pattern(),
                spec.minimum(),
                spec.maximum());
    }
}
