package dev.convergence.service.http.group;

import dev.convergence.api.group.GroupAnswer;
import dev.convergence.api.group.GroupRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.group.GroupView;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.job.JobView;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Groups of jobs: put in, looked at, cancelled.
@RestController
public final class GroupRoutes {

    private static final String LIST = "job_groups";

    /// 200 members, each tried at most eleven times.
    private static final int ATTEMPTS_MAX = 2_200;

    private static final Comparator<JobView> BY_MEMBER_AND_ATTEMPT =
            Comparator.<JobView>comparingInt(GroupRoutes::number)
                    .thenComparingInt(JobView::attempt);

    private final Rooms engine;
    private final GroupDesk desk;

    public GroupRoutes(Rooms engine, GroupDesk desk) {
        this.engine = engine;
        this.desk = desk;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/job-groups")
    @ResponseStatus(HttpStatus.CREATED)
    public GroupAnswer create(@RequestBody GroupRequest request, Caller.Tenant caller) {
        return whole(caller.tenant(), desk.create(request, caller).id());
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/job-groups")
    public Page<GroupAnswer> list(
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            Caller.Tenant caller) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        GroupId before = cursor == null ? null : new GroupId(cursor.uuid(0));
        List<GroupAnswer> found =
                engine.groupBook().list(caller.tenant(), before, limit + 1).stream()
                        .map(group -> GroupWords.answer(group, null))
                        .toList();
        return Page.of(LIST, found, limit, last -> Cursor.encode(LIST, last.groupId()));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/job-groups/{group_id}")
    public GroupAnswer find(@PathVariable("group_id") UUID id, Caller.Tenant caller) {
        return whole(caller.tenant(), new GroupId(id));
    }

    /// What runs goes on to its end; a group that has ended stays as it is.
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/job-groups/{group_id}/cancel")
    public GroupAnswer cancel(@PathVariable("group_id") UUID id, Caller.Tenant caller) {
        GroupId group = new GroupId(id);
        engine.groups().cancel(caller.tenant(), group, engine.clock().instant());
        return whole(caller.tenant(), group);
    }

    private GroupAnswer whole(TenantId tenant, GroupId id) {
        GroupView group = engine.groupBook().find(tenant, id);
        JobFilter members =
                new JobFilter(tenant, null, null, null, id, null, null, null, ATTEMPTS_MAX);
        List<JobView> jobs =
                engine.jobBook().list(members).stream().sorted(BY_MEMBER_AND_ATTEMPT).toList();
        return GroupWords.answer(group, jobs);
    }

    private static int number(JobView job) {
        Integer number = job.ties().sequenceNumber();
        return number == null ? 0 : number;
    }
}
