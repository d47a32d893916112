package dev.convergence.engine.queue;

import dev.convergence.engine.group.JobGroup;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.queue.GroupMemberStore.Ended;
import dev.convergence.engine.queue.GroupMemberStore.Standing;
import dev.convergence.engine.webhook.Happening;
import dev.convergence.engine.webhook.Happenings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One look at groups that the caller has locked, after members of them ended or were taken away:
/// the next member goes, or the rest is ended, or the group is.
///
/// It goes by what the tables say alone, so it may be repeated, and a member whose end it comes
/// after needs not be known.
final class GroupPass {

    /// What becomes of the members that wait for those before them.
    private enum Step {
        NOTHING,
        NEXT_GOES,
        REST_IS_STOPPED,
        REST_IS_SKIPPED,
        REST_IS_CANCELLED
    }

    static final String STOPPED = "GROUP_STOPPED";
    static final String SKIPPED = "GROUP_SKIPPED";
    private static final String FAILED_BEFORE =
            "Not executed: a member of the group before it failed for good.";
    private static final String CANCELLED = "The group was cancelled.";

    private GroupPass() {}

    /// @param moved tenants that got a ticket, at its old place
    /// @param ended groups whose last member has ended
    record Passed(Set<TenantId> moved, List<Ended> ended) {
        static final Passed NOTHING = new Passed(Set.of(), List.of());
    }

    static Passed over(Handle handle, Collection<JobGroup> locked, Instant now) {
        Map<GroupId, JobGroup> groups =
                locked.stream()
                        .filter(group -> !group.hasEnded())
                        .collect(Collectors.toMap(JobGroup::id, Function.identity()));
        if (groups.isEmpty()) {
            return Passed.NOTHING;
        }
        Map<Step, List<JobGroup>> steps = new EnumMap<>(Step.class);
        List<GroupId> over = new ArrayList<>();
        for (Standing standing : GroupMemberStore.standings(handle, groups.keySet())) {
            JobGroup group = groups.get(standing.group());
            Step step = group == null ? Step.NOTHING : step(group, standing);
            if (group != null) {
                steps.computeIfAbsent(step, _ -> new ArrayList<>()).add(group);
            }
            if (!standing.isBusy() && step != Step.NEXT_GOES) {
                over.add(standing.group());
            }
        }
        Set<TenantId> moved = new HashSet<>();
        steps.forEach((step, those) -> moved.addAll(take(handle, step, those, now)));
        return new Passed(moved, over.isEmpty() ? List.of() : end(handle, over, groups, now));
    }

    private static List<Ended> end(
            Handle handle, List<GroupId> over, Map<GroupId, JobGroup> groups, Instant now) {
        List<Ended> ended = GroupMemberStore.end(handle, over, now);
        List<Happening> told =
                ended.stream()
                        .map(one -> told(one, Objects.requireNonNull(groups.get(one.group()))))
                        .toList();
        Happenings.append(handle, told, now);
        return ended;
    }

    private static Happening told(Ended ended, JobGroup group) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("group_id", ended.group().toString());
        if (group.name() != null) {
            data.put("name", group.name());
        }
        data.put("mode", group.mode().name());
        data.put("on_failure", group.onFailure().name());
        data.put("status", ended.status().name());
        return Happening.ofGroup(
                ended.tenant(), ended.group().value(), ended.status().name(), data);
    }

    private static Step step(JobGroup group, Standing standing) {
        if (standing.held() == 0) {
            return Step.NOTHING;
        }
        if (group.isCancelled()) {
            return Step.REST_IS_CANCELLED;
        }
        if (standing.isBusy()) {
            return Step.NOTHING;
        }
        return standing.hasFailed() ? afterFailure(group.onFailure()) : Step.NEXT_GOES;
    }

    private static Step afterFailure(OnFailure wish) {
        return switch (wish) {
            case STOP -> Step.REST_IS_STOPPED;
            case SKIP -> Step.REST_IS_SKIPPED;
            case CONTINUE -> Step.NEXT_GOES;
        };
    }

    private static Set<TenantId> take(
            Handle handle, Step step, List<JobGroup> groups, Instant now) {
        List<GroupId> ids = groups.stream().map(JobGroup::id).toList();
        return switch (step) {
            case NOTHING -> Set.of();
            case NEXT_GOES -> {
                GroupTicketStore.letNextGo(handle, ids);
                yield groups.stream().map(JobGroup::tenant).collect(Collectors.toSet());
            }
            case REST_IS_STOPPED ->
                    endHeld(handle, ids, new Outcome.Skipped(FAILED_BEFORE), STOPPED, now);
            case REST_IS_SKIPPED ->
                    endHeld(handle, ids, new Outcome.Skipped(FAILED_BEFORE), SKIPPED, now);
            case REST_IS_CANCELLED -> endHeld(handle, ids, cancelled(), null, now);
        };
    }

    static Outcome cancelled() {
        return new Outcome.Cancelled(CANCELLED);
    }

    private static Set<TenantId> endHeld(
            Handle handle,
            List<GroupId> groups,
            Outcome outcome,
            @Nullable String code,
            Instant now) {
        List<JobId> held = GroupTicketStore.takeHeld(handle, groups);
        List<Job> jobs = JobStore.find(handle, held);
        return Unstarted.end(handle, jobs, outcome, code, now);
    }
}
