package dev.convergence.service.http.job;

import dev.convergence.api.job.JobAnswer;
import dev.convergence.api.job.ScheduleAnswer;
import dev.convergence.api.job.ScheduleDeletedAnswer;
import dev.convergence.api.job.ScheduleRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.jobschedule.JobSchedule;
import dev.convergence.engine.jobschedule.JobScheduleDraft;
import dev.convergence.engine.jobschedule.JobSchedules;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
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

/// A tenant's schedules of job templates.
@RestController
public final class JobScheduleRoutes {

    private static final String SCHEDULES = "/api/v1/schedules";
    private static final String LIST = "schedules";

    private final Rooms engine;
    private final JobSchedules schedules;
    private final JobScheduler scheduler;

    public JobScheduleRoutes(Rooms engine, JobScheduler scheduler) {
        this.engine = engine;
        this.scheduler = scheduler;
        schedules = engine.jobSchedules();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(SCHEDULES)
    @ResponseStatus(HttpStatus.CREATED)
    public ScheduleAnswer create(@RequestBody ScheduleRequest request, Caller.Tenant caller) {
        return answer(schedules.create(caller.tenant(), draft(request), engine.clock().instant()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(SCHEDULES)
    public Page<ScheduleAnswer> list(
            @RequestParam(name = "enabled", required = false) @Nullable Boolean enabled,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            Caller.Tenant caller) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        UUID before = cursor == null ? null : cursor.uuid(0);
        return Page.of(
                "schedules",
                schedules.list(caller.tenant(), enabled, before, limit + 1).stream()
                        .map(JobScheduleRoutes::answer)
                        .toList(),
                limit,
                last -> Cursor.encode(LIST, last.scheduleId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(SCHEDULES + "/{schedule_id}")
    public ScheduleAnswer find(@PathVariable("schedule_id") UUID id, Caller.Tenant caller) {
        return answer(schedules.find(caller.tenant(), new ScheduleId(id)));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PatchMapping(SCHEDULES + "/{schedule_id}")
    public ScheduleAnswer change(
            @PathVariable("schedule_id") UUID id,
            @RequestBody ScheduleRequest request,
            Caller.Tenant caller) {
        return change(id, draft(request), caller);
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(SCHEDULES + "/{schedule_id}/enable")
    public ScheduleAnswer enable(@PathVariable("schedule_id") UUID id, Caller.Tenant caller) {
        return change(id, JobScheduleDraft.enabled(true), caller);
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @PostMapping(SCHEDULES + "/{schedule_id}/disable")
    public ScheduleAnswer disable(@PathVariable("schedule_id") UUID id, Caller.Tenant caller) {
        return change(id, JobScheduleDraft.enabled(false), caller);
    }

    private ScheduleAnswer change(UUID id, JobScheduleDraft draft, Caller.Tenant caller) {
        return answer(
                schedules.change(
                        caller.tenant(), new ScheduleId(id), draft, engine.clock().instant()));
    }

    /// Makes a job now, whether or not the schedule is due or enabled.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(SCHEDULES + "/{schedule_id}/trigger")
    @ResponseStatus(HttpStatus.CREATED)
    public JobAnswer trigger(@PathVariable("schedule_id") UUID id, Caller.Tenant caller) {
        JobId job =
                scheduler
                        .trigger(caller.tenant(), new ScheduleId(id), engine.clock().instant())
                        .id();
        return JobWords.job(engine.jobBook().find(caller.tenant(), job).asCreated());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping(SCHEDULES + "/{schedule_id}")
    public ScheduleDeletedAnswer delete(
            @PathVariable("schedule_id") UUID id, Caller.Tenant caller) {
        schedules.delete(caller.tenant(), new ScheduleId(id));
        return new ScheduleDeletedAnswer(id.toString(), true);
    }

    private static JobScheduleDraft draft(ScheduleRequest request) {
        String template = request.templateId();
        return new JobScheduleDraft(
                template == null ? null : new TemplateId(Ids.uuid("template_id", template)),
                request.name(),
                request.cron(),
                request.timezone(),
                request.enabled(),
                request.priority(),
                request.paramOverrides());
    }

    private static ScheduleAnswer answer(JobSchedule schedule) {
        return new ScheduleAnswer(
                schedule.id().toString(),
                schedule.tenant().value(),
                schedule.tenant().value(),
                schedule.template().toString(),
                schedule.name(),
                schedule.cron(),
                schedule.zone().getId(),
                schedule.isEnabled(),
                schedule.priority(),
                schedule.overrides(),
                schedule.isEnabled() ? schedule.nextTriggerAt() : null,
                schedule.lastTriggeredAt(),
                schedule.createdAt(),
                schedule.updatedAt());
    }
}
