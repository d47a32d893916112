package dev.convergence.service.http.group;

import dev.convergence.api.group.GroupRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.group.NewGroup;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.TemplateId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.JobTypes;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.job.TriggerType;
import dev.convergence.engine.jobtemplate.JobTemplate;
import dev.convergence.engine.jobtemplate.RetryWish;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.launch.JobRequest;
import dev.convergence.service.http.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turns a caller's wish into a group: members of a type or of a template.
public final class GroupDesk {

    private static final int NAME_MAX = 200;
    private static final String MEMBERS = "has 1 to " + NewGroup.MEMBERS_MAX + " members.";

    private final Rooms engine;
    private final JobLauncher launcher;

    public GroupDesk(Rooms engine, JobLauncher launcher) {
        this.engine = engine;
        this.launcher = launcher;
    }

    JobGroup create(GroupRequest request, Caller.Tenant caller) {
        FieldFaults faults = new FieldFaults();
        String name = faults.optionalText("name", request.name(), 1, NAME_MAX);
        GroupMode mode = faults.word("mode", request.mode(), GroupMode.class);
        OnFailure onFailure = faults.word("on_failure", request.onFailure(), OnFailure.class);
        faults.range("priority", request.priority(), 0, JobRequest.PRIORITY_MAX);
        int priority = Objects.requireNonNullElse(request.priority(), 0);
        List<JobRequest> members = members(request.jobs(), priority, caller, faults);
        faults.refuseIfAny();
        Instant now = engine.clock().instant();
        List<Job> jobs = members.stream().map(member -> launcher.job(member, now)).toList();
        return engine.groupLauncher(launcher)
                .launch(
                        new NewGroup(
                                caller.tenant(),
                                name,
                                Objects.requireNonNullElse(mode, GroupMode.SEQUENTIAL),
                                Objects.requireNonNullElse(onFailure, OnFailure.STOP),
                                priority,
                                jobs,
                                caller.userId()),
                        now);
    }

    private List<JobRequest> members(
            @Nullable List<GroupRequest.@Nullable Member> given,
            int priority,
            Caller.Tenant caller,
            FieldFaults faults) {
        List<JobRequest> members = new ArrayList<>();
        if (given == null || given.isEmpty() || given.size() > NewGroup.MEMBERS_MAX) {
            faults.add("jobs", "LENGTH", MEMBERS);
            return members;
        }
        for (int i = 0; i < given.size(); i++) {
            String field = "jobs[" + i + "]";
            GroupRequest.Member member = given.get(i);
            if (member == null) {
                faults.add(field, "REQUIRED", "is an object with type or template_id.");
            } else {
                members.add(member(field, member, priority, caller, faults));
            }
        }
        return members;
    }

    private JobRequest member(
            String field,
            GroupRequest.Member member,
            int priority,
            Caller.Tenant caller,
            FieldFaults faults) {
        JobTemplate template = template(field, member.templateId(), caller, faults);
        Map<String, Object> given = Objects.requireNonNullElse(member.params(), Map.of());
        return new JobRequest(
                caller.tenant(),
                type(field + ".type", member, template, faults),
                template == null ? given : template.overlaid(given),
                priority,
                template == null ? RetryWish.DEFAULT : template.retry(),
                Ties.QUEUED.template(template == null ? null : template.id()),
                TriggerType.API,
                caller.userId());
    }

    private @Nullable JobTemplate template(
            String field, @Nullable String id, Caller.Tenant caller, FieldFaults faults) {
        if (id == null) {
            return null;
        }
        try {
            UUID template = UUID.fromString(id.strip());
            return engine.jobTemplates().usable(caller.tenant(), new TemplateId(template));
        } catch (IllegalArgumentException wrong) {
            faults.add(field + ".template_id", "INVALID_ID", "is a UUID.");
            return null;
        }
    }

    /// A pipeline's quotas and its one flight belong to the moment in which it is asked for; it
    /// cannot wait behind others for hours.
    private static String type(
            String field,
            GroupRequest.Member member,
            @Nullable JobTemplate template,
            FieldFaults faults) {
        String type =
                template != null && member.type() == null
                        ? template.jobType()
                        : JobTypes.checked(field, member.type(), faults);
        if (type.equals(Job.PIPELINE)) {
            faults.add(field, "NOT_IN_A_GROUP", "is no pipeline: start pipelines by themselves.");
        } else if (template != null && !type.isEmpty() && !type.equals(template.jobType())) {
            faults.add(field, "OTHER_TYPE", "is " + template.jobType() + " in the template.");
        }
        return type;
    }
}
