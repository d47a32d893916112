package dev.convergence.service.http.notification;

import dev.convergence.api.notification.ChannelAnswer;
import dev.convergence.api.notification.ChannelRequest;
import dev.convergence.api.notification.DeletedAnswer;
import dev.convergence.api.notification.NotificationAnswer;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.Channel;
import dev.convergence.engine.notification.Channels;
import dev.convergence.engine.notification.History;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// How a tenant's people are reached.
@RestController
public final class ChannelRoutes {

    private static final String ALL = "/api/v1/tenants/{tenant_id}/notifications/channels";
    private static final String ALL_OLD = "/api/v1/customers/{tenant_id}/notifications/channels";
    private static final String ONE = ALL + "/{channel_id}";
    private static final String ONE_OLD = ALL_OLD + "/{channel_id}";
    private static final String LIST = "channels";

    private final Channels channels;
    private final History history;
    private final InstantSource clock;

    public ChannelRoutes(Channels channels, History history, InstantSource clock) {
        this.channels = channels;
        this.history = history;
        this.clock = clock;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({ALL, ALL_OLD})
    @ResponseStatus(HttpStatus.CREATED)
    public ChannelAnswer.WithSecret create(
            @PathVariable("tenant_id") String tenant, @RequestBody ChannelRequest request) {
        Channels.Made made =
                channels.create(
                        new TenantId(tenant), NotificationWords.wish(request), clock.instant());
        return new ChannelAnswer.WithSecret(answer(made.channel()), made.secret());
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ALL, ALL_OLD})
    public Page<ChannelAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        UUID last = before == null ? null : before.uuid(0);
        List<ChannelAnswer> found =
                channels.list(new TenantId(tenant), last, size + 1).stream()
                        .map(this::answer)
                        .toList();
        return Page.of(LIST, found, size, one -> Cursor.encode(LIST, one.channelId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ONE, ONE_OLD})
    public ChannelAnswer get(
            @PathVariable("tenant_id") String tenant, @PathVariable("channel_id") UUID id) {
        return answer(channels.get(new TenantId(tenant), id));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PatchMapping({ONE, ONE_OLD})
    public ChannelAnswer change(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("channel_id") UUID id,
            @RequestBody ChannelRequest request) {
        return answer(
                channels.update(
                        new TenantId(tenant),
                        id,
                        NotificationWords.wish(request),
                        clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @DeleteMapping({ONE, ONE_OLD})
    public DeletedAnswer delete(
            @PathVariable("tenant_id") String tenant, @PathVariable("channel_id") UUID id) {
        channels.delete(new TenantId(tenant), id);
        return new DeletedAnswer(id, tenant, tenant, true);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({ONE + "/test", ONE_OLD + "/test"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    public NotificationAnswer test(
            @PathVariable("tenant_id") String tenant, @PathVariable("channel_id") UUID id) {
        return NotificationWords.answer(history.test(new TenantId(tenant), id, clock.instant()));
    }

    private ChannelAnswer answer(Channel channel) {
        return NotificationWords.answer(channel, channels.shownUrl(channel));
    }
}
