package dev.convergence.engine.jobtemplate;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.engine.sql.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A tenant's job templates: made, changed, archived. What was made of one stays as it is.
public final class JobTemplates {

    private static final int NAME_MAX = 200;
    private static final int DESCRIPTION_MAX = 2_000;

    private final Database database;

    public JobTemplates(Database database) {
        this.database = database;
    }

    public JobTemplate create(TenantId tenant, JobTemplateDraft draft, Instant now) {
        FieldFaults faults = new FieldFaults();
        JobTemplate template =
                new JobTemplate(
                        new TemplateId(TimeOrderedId.next(now)),
                        tenant,
                        faults.text("name", draft.name(), 1, NAME_MAX),
                        JobTypes.checked("job_type", draft.jobType(), faults),
                        Objects.requireNonNullElse(draft.params(), Map.of()),
                        RetryWish.of(draft.retryPolicy(), faults),
                        description(draft, faults),
                        null,
                        now,
                        now);
        faults.refuseIfAny();
        database.transact(handle -> JobTemplateStore.write(handle, template));
        return template;
    }

    /// Effective for jobs made from now on. The type of a template never changes.
    public JobTemplate change(TenantId tenant, TemplateId id, JobTemplateDraft draft, Instant now) {
        return database.inTransaction(handle -> {
            JobTemplate changed = changed(lock(handle, tenant, id), draft, now);
            JobTemplateStore.write(handle, changed);
            return changed;
        });
    }

    private static JobTemplate changed(JobTemplate old, JobTemplateDraft draft, Instant now) {
        FieldFaults faults = new FieldFaults();
        if (draft.jobType() != null && !draft.jobType().equalsIgnoreCase(old.jobType())) {
            faults.add("job_type", "IMMUTABLE", "never changes; make another template.");
        }
        JobTemplate changed =
                new JobTemplate(
                        old.id(),
                        old.tenant(),
                        draft.name() == null
                                ? old.name()
                                : faults.text("name", draft.name(), 1, NAME_MAX),
                        old.jobType(),
                        Objects.requireNonNullElse(draft.params(), old.params()),
                        draft.retryPolicy() == null
                                ? old.retry()
                                : RetryWish.of(draft.retryPolicy(), faults),
                        draft.description() == null
                                ? old.description()
                                : description(draft, faults),
                        old.archivedAt(),
                        old.createdAt(),
                        now);
        faults.refuseIfAny();
        return changed;
    }

    private static @Nullable String description(JobTemplateDraft draft, FieldFaults faults) {
        return faults.optionalText("description", draft.description(), 1, DESCRIPTION_MAX);
    }

    /// It makes no new jobs; its schedules are disabled. Archiving it again changes nothing.
    public JobTemplate archive(TenantId tenant, TemplateId id, Instant now) {
        return database.inTransaction(handle -> {
            JobTemplate old = lock(handle, tenant, id);
            if (old.isArchived()) {
                return old;
            }
            JobTemplate archived =
                    new JobTemplate(
                            old.id(),
                            old.tenant(),
                            old.name(),
                            old.jobType(),
                            old.params(),
                            old.retry(),
                            old.description(),
                            now,
                            old.createdAt(),
                            now);
            JobTemplateStore.write(handle, archived);
            JobTemplateStore.disableSchedules(handle, tenant, id, now);
            return archived;
        });
    }

    private static JobTemplate lock(Handle handle, TenantId tenant, TemplateId id) {
        return JobTemplateStore.lock(handle, tenant, id).orElseThrow(() -> none(id));
    }

    /// A tenant's template; the id of another tenant's is as unknown as one that never was.
    public JobTemplate find(TenantId tenant, TemplateId id) {
        return database.read(handle -> find(handle, tenant, id));
    }

    /// One of which jobs can be made.
    public JobTemplate usable(TenantId tenant, TemplateId id) {
        return database.read(handle -> usable(handle, tenant, id));
    }

    public static JobTemplate usable(Handle handle, TenantId tenant, TemplateId id) {
        JobTemplate template = find(handle, tenant, id);
        if (template.isArchived()) {
            throw new EngineException(
                    ErrorCode.CONFLICT,
                    "Job template " + id + " is archived: no new jobs are made of it.");
        }
        return template;
    }

    public static JobTemplate find(Handle handle, TenantId tenant, TemplateId id) {
        return JobTemplateStore.find(handle, tenant, id).orElseThrow(() -> none(id));
    }

    private static EngineException none(TemplateId id) {
        return EngineException.notFound("There is no job template " + id + ".");
    }

    /// Newest first.
    ///
    /// @param before only templates made before this one, for paging
    public List<JobTemplate> list(
            TenantId tenant, boolean archived, @Nullable UUID before, int limit) {
        return database.read(
                handle -> JobTemplateStore.list(handle, tenant, archived, before, limit));
    }
}
