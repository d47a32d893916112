package dev.convergence.engine.group;

import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.job.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as somebody asks for it.
///
/// @param priority of every member
/// @param members their jobs, in the order in which a sequential group executes them; no pipelines,
///   whose quotas are reserved when they are put in
/// @param createdBy the audit name of who asked
public record NewGroup(
        TenantId tenant,
        @Nullable String name,
        GroupMode mode,
        OnFailure onFailure,
        int priority,
        List<Job> members,
        @Nullable String createdBy) {

    public static final int MEMBERS_MAX = 200;

    public NewGroup {
        members = List.copyOf(members);
        if (members.isEmpty() || members.size() > MEMBERS_MAX) {
            throw new IllegalArgumentException(
                    "A group of %d; it has 1 to %d members."
                            .formatted(members.size(), MEMBERS_MAX));
        }
        for (Job member : members) {
            if (member.isPipeline() || member.priority() != priority) {
                throw new IllegalArgumentException("Not a member of this group: " + member.id());
            }
        }
    }

    /// The group with an id of this instant.
    public JobGroup at(Instant now) {
        return new JobGroup(
                new GroupId(TimeOrderedId.next(now)),
                tenant,
                name,
                mode,
                onFailure,
                priority,
                createdBy,
                null,
                null,
                null);
    }

    /// The members' jobs, numbered from 0.
    public List<Job> jobs(GroupId group) {
        List<Job> jobs = new ArrayList<>(members.size());
        for (Job member : members) {
            jobs.add(member.ties(member.ties().group(group, jobs.size())));
        }
        return jobs;
    }
}
