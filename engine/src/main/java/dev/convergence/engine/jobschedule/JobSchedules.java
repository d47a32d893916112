package dev.convergence.engine.jobschedule;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldError;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.ScheduleId;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.jobtemplate.JobTemplate;
import dev.convergence.engine.jobtemplate.JobTemplates;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.time.CronExpression;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's schedules of job templates: made, changed, deleted. Jobs that they made stay.
public final class JobSchedules {

    private static final int NAME_MAX = 200;
    private static final int PRIORITY_MAX = 100;

    private final Database database;

    public JobSchedules(Database database) {
        this.database = database;
    }

    public JobSchedule create(TenantId tenant, JobScheduleDraft draft, Instant now) {
        TemplateId template = draft.template();
        if (template == null) {
            throw EngineException.invalidField("template_id", "REQUIRED", "is required.");
        }
        database.read(handle -> schedulable(handle, tenant, template));
        JobSchedule blank =
                new JobSchedule(
                        new ScheduleId(TimeOrderedId.next(now)),
                        tenant,
                        template,
                        "",
                        "",
                        ZoneId.of("UTC"),
                        true,
                        0,
                        Map.of(),
                        now,
                        null,
                        now,
                        now);
        JobSchedule schedule = changed(blank, draft, now);
        database.transact(handle -> JobScheduleStore.write(handle, schedule));
        return schedule;
    }

    /// Acts from the next instant on; jobs that are made already stay as they are.
    public JobSchedule change(TenantId tenant, ScheduleId id, JobScheduleDraft draft, Instant now) {
        return database.inTransaction(handle -> {
            JobSchedule old = JobScheduleStore.lock(handle, tenant, id).orElseThrow(() -> none(id));
            JobSchedule changed = changed(old, draft, now);
            if (draft.template() != null || Boolean.TRUE.equals(draft.enabled())) {
                schedulable(handle, tenant, changed.template());
            }
            JobScheduleStore.write(handle, changed);
            return changed;
        });
    }

    /// A pipeline has schedules of its own, which count against its quotas: its configs.
    private static JobTemplate schedulable(Handle handle, TenantId tenant, TemplateId id) {
        JobTemplate template = JobTemplates.usable(handle, tenant, id);
        if (template.jobType().equals(Job.PIPELINE)) {
            throw EngineException.invalidField(
                    "template_id",
                    "PIPELINE_TEMPLATE",
                    "is of a pipeline; pipelines are scheduled by pipeline configs.");
        }
        return template;
    }

    /// A new rhythm, and a schedule that is enabled again, begin now: nothing is caught up.
    private static JobSchedule changed(JobSchedule old, JobScheduleDraft draft, Instant now) {
        FieldFaults faults = new FieldFaults();
        faults.range("priority", draft.priority(), 0, PRIORITY_MAX);
        String name =
                draft.name() == null && !old.name().isEmpty()
                        ? old.name()
                        : faults.text("name", draft.name(), 1, NAME_MAX);
        String cron = draft.cron() == null ? old.cron() : draft.cron().strip();
        if (cron.isEmpty()) {
            faults.add("cron", "REQUIRED", "is required.");
        }
        faults.refuseIfAny();
        checkCron(cron);
        ZoneId zone = draft.timezone() == null ? old.zone() : zone(draft.timezone());
        boolean enabled = Objects.requireNonNullElse(draft.enabled(), old.isEnabled());
        boolean beginsAnew =
                !cron.equals(old.cron())
                        || !zone.equals(old.zone())
                        || (enabled && !old.isEnabled());
        JobSchedule changed =
                new JobSchedule(
                        old.id(),
                        old.tenant(),
                        Objects.requireNonNullElse(draft.template(), old.template()),
                        name,
                        cron,
                        zone,
                        enabled,
                        Objects.requireNonNullElse(draft.priority(), old.priority()),
                        Objects.requireNonNullElse(draft.overrides(), old.overrides()),
                        old.nextTriggerAt(),
                        old.lastTriggeredAt(),
                        old.createdAt(),
                        now);
        return beginsAnew ? changed.next(changed.after(now)) : changed;
    }

    private static void checkCron(String cron) {
        try {
            CronExpression.parse(cron);
        } catch (IllegalArgumentException wrong) {
            throw refused(
                    ErrorCode.INVALID_CRON,
                    "cron",
                    "Invalid cron expression. " + wrong.getMessage());
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name.strip());
        } catch (DateTimeException unknown) {
            throw refused(
                    ErrorCode.INVALID_TIMEZONE,
                    "timezone",
                    "The timezone '"
                            + name
                            + "' is not known. Use an IANA name such as Europe/Berlin.");
        }
    }

    /// The codes that a pipeline config's schedule is refused with, too.
    private static EngineException refused(ErrorCode code, String field, String sentence) {
        return new EngineException(
                code, sentence, List.of(new FieldError(field, code.name(), sentence)), Map.of());
    }

    public void delete(TenantId tenant, ScheduleId id) {
        if (!database.inTransaction(handle -> JobScheduleStore.delete(handle, tenant, id))) {
            throw none(id);
        }
    }

    /// A tenant's schedule; the id of another tenant's is as unknown as one that never was.
    public JobSchedule find(TenantId tenant, ScheduleId id) {
        return database.read(handle -> JobScheduleStore.find(handle, tenant, id))
                .orElseThrow(() -> none(id));
    }

    public static EngineException none(ScheduleId id) {
        return EngineException.notFound("There is no schedule " + id + ".");
    }

    /// Newest first.
    ///
    /// @param before only schedules made before this one, for paging
    public List<JobSchedule> list(
            TenantId tenant, @Nullable Boolean enabled, @Nullable UUID before, int limit) {
        return database.read(
                handle -> JobScheduleStore.list(handle, tenant, enabled, before, limit));
    }
}
