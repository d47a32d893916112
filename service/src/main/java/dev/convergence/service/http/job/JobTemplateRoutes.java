package dev.convergence.service.http.job;

import dev.convergence.api.job.JobTemplateAnswer;
import dev.convergence.api.job.JobTemplateRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.jobtemplate.JobTemplate;
import dev.convergence.engine.jobtemplate.JobTemplateDraft;
import dev.convergence.engine.jobtemplate.JobTemplates;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A tenant's job templates.
@RestController
public final class JobTemplateRoutes {

    private static final String TEMPLATES = "/api/v1/job-templates";
    private static final String LIST = "job_templates";

    private final JobTemplates templates;
    private final InstantSource clock;

    public JobTemplateRoutes(Rooms engine) {
        templates = engine.jobTemplates();
        clock = engine.clock();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(TEMPLATES)
    @ResponseStatus(HttpStatus.CREATED)
    public JobTemplateAnswer create(@RequestBody JobTemplateRequest request, Caller.Tenant caller) {
        return answer(templates.create(caller.tenant(), draft(request), clock.instant()));
    }

    /// Archived ones only when asked for.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(TEMPLATES)
    public Page<JobTemplateAnswer> list(
            @RequestParam(name = "archived", defaultValue = "false") boolean archived,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            Caller.Tenant caller) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        UUID before = cursor == null ? null : cursor.uuid(0);
        return Page.of(
                "templates",
                templates.list(caller.tenant(), archived, before, limit + 1).stream()
                        .map(JobTemplateRoutes::answer)
                        .toList(),
                limit,
                last -> Cursor.encode(LIST, last.templateId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(TEMPLATES + "/{template_id}")
    public JobTemplateAnswer find(@PathVariable("template_id") UUID id, Caller.Tenant caller) {
        return answer(templates.find(caller.tenant(), new TemplateId(id)));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PatchMapping(TEMPLATES + "/{template_id}")
    public JobTemplateAnswer change(
            @PathVariable("template_id") UUID id,
            @RequestBody JobTemplateRequest request,
            Caller.Tenant caller) {
        return answer(
                templates.change(
                        caller.tenant(), new TemplateId(id), draft(request), clock.instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping(TEMPLATES + "/{template_id}")
    public JobTemplateAnswer archive(@PathVariable("template_id") UUID id, Caller.Tenant caller) {
        return answer(templates.archive(caller.tenant(), new TemplateId(id), clock.instant()));
    }

    private static JobTemplateDraft draft(JobTemplateRequest request) {
        return new JobTemplateDraft(
                request.name(),
                request.jobType(),
                request.params(),
                request.retryPolicy(),
                request.description());
    }

    private static JobTemplateAnswer answer(JobTemplate template) {
        return new JobTemplateAnswer(
                template.id().toString(),
                template.tenant().value(),
                template.tenant().value(),
                template.name(),
                template.jobType(),
                template.params(),
                template.retry().facts(),
                template.description(),
                template.isArchived() ? "ARCHIVED" : "ACTIVE",
                template.createdAt(),
                template.updatedAt(),
                template.archivedAt());
    }
}
