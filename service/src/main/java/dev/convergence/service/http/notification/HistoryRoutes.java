package dev.convergence.service.http.notification;

import dev.convergence.api.notification.NotificationAnswer;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.notification.NoticeDelivery;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.engine.notification.NoticeFilter;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// What a tenant's people were told, and telling again.
@RestController
public final class HistoryRoutes {

    private static final String ALL = "/api/v1/tenants/{tenant_id}/notifications/history";
    private static final String ALL_OLD = "/api/v1/customers/{tenant_id}/notifications/history";
    private static final String ONE = ALL + "/{delivery_id}";
    private static final String ONE_OLD = ALL_OLD + "/{delivery_id}";
    private static final String LIST = "deliveries";

    private final History history;
    private final InstantSource clock;

    public HistoryRoutes(History history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /// @param run the id of a run, or of its job
    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ALL, ALL_OLD})
    public Page<NotificationAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "channel_id", required = false) @Nullable UUID channel,
            @RequestParam(name = "state", required = false) @Nullable String state,
            @RequestParam(name = "event", required = false) @Nullable String event,
            @RequestParam(name = "run_id", required = false) @Nullable UUID run,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        FieldFaults faults = new FieldFaults();
        NoticeDelivery.State wanted = faults.word("state", state, NoticeDelivery.State.class);
        NoticeEvent name = faults.word("event", event, NoticeEvent.class);
        faults.refuseIfAny();
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        NoticeFilter filter =
                new NoticeFilter(
                        new TenantId(tenant),
                        channel,
                        wanted,
                        name == null ? null : name.word(),
                        run == null ? null : JobId.of(run),
                        before == null ? null : before.uuid(0),
                        size + 1);
        List<NotificationAnswer> found =
                history.list(filter).stream().map(NotificationWords::answer).toList();
        return Page.of(LIST, found, size, last -> Cursor.encode(LIST, last.deliveryId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ONE, ONE_OLD})
    public NotificationAnswer.Detail get(
            @PathVariable("tenant_id") String tenant, @PathVariable("delivery_id") UUID id) {
        return NotificationWords.detail(history.get(new TenantId(tenant), id));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping({ONE + "/redeliver", ONE_OLD + "/redeliver"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    public NotificationAnswer redeliver(
            @PathVariable("tenant_id") String tenant, @PathVariable("delivery_id") UUID id) {
        return NotificationWords.answer(
                history.redeliver(new TenantId(tenant), id, clock.instant()));
    }
}
