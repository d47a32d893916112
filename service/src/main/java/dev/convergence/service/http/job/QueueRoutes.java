package dev.convergence.service.http.job;

import dev.convergence.api.job.QueueAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobBook;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.QueuePlace;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What waits in a tenant's queue, the next one first.
@RestController
public final class QueueRoutes {

    private static final String LIST = "queue";

    private final JobBook book;

    public QueueRoutes(Rooms engine) {
        book = engine.jobBook();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/scheduler/queue/jobs")
    public QueueAnswer list(
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText,
            Caller.Tenant caller) {
        TenantId tenant = caller.tenant();
        int limit = Page.limit(limitText);
        List<QueuePlace> found = book.inOrder(tenant, last(cursorText), limit + 1);
        List<QueuePlace> page = found.subList(0, Math.min(limit, found.size()));
        List<JobView> jobs = book.waiting(tenant, page);
        return new QueueAnswer(
                jobs.stream().map(JobWords::job).toList(),
                found.size() > limit ? cursor(page.getLast()) : null);
    }

    /// The place is told, not the job: it may have started meanwhile.
    private static String cursor(QueuePlace last) {
        return Cursor.encode(
                LIST, last.job().value(), last.priority(), last.position(), last.rank());
    }

    private static @Nullable QueuePlace last(@Nullable String text) {
        Cursor cursor = Cursor.decode(text, LIST, 4);
        return cursor == null
                ? null
                : new QueuePlace(
                        JobId.of(cursor.uuid(0)),
                        (int) cursor.number(1),
                        cursor.number(2),
                        (int) cursor.number(3));
    }
}
