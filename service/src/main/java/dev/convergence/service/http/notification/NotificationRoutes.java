package dev.convergence.service.http.notification;

import dev.convergence.api.notification.NotificationAnswer;
import dev.convergence.api.notification.SettingsAnswer;
import dev.convergence.api.notification.SettingsRequest;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.notification.Channels;
import dev.convergence.engine.notification.Document;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.notification.NoticeEvent;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// A tenant's notifications at a glance, as one document, and a test of all of them.
@RestController
public final class NotificationRoutes {

    private static final String ALL = "/api/v1/tenants/{tenant_id}/notifications";
    private static final String ALL_OLD = "/api/v1/customers/{tenant_id}/notifications";

    private final Channels channels;
    private final Document document;
    private final History history;
    private final InstantSource clock;

    public NotificationRoutes(
            Channels channels, Document document, History history, InstantSource clock) {
        this.channels = channels;
        this.document = document;
        this.history = history;
        this.clock = clock;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({ALL, ALL_OLD})
    public SettingsAnswer get(@PathVariable("tenant_id") String tenant) {
        return settings(new TenantId(tenant));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PutMapping({ALL, ALL_OLD})
    public SettingsAnswer put(
            @PathVariable("tenant_id") String tenant, @RequestBody SettingsRequest request) {
        TenantId id = new TenantId(tenant);
        document.replace(
                id, SettingsWords.channels(request), SettingsWords.rules(request), clock.instant());
        return settings(id);
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_WRITE)
    @PostMapping({ALL + "/test", ALL_OLD + "/test"})
    @ResponseStatus(HttpStatus.ACCEPTED)
    public NotificationAnswer.Tests test(@PathVariable("tenant_id") String tenant) {
        return new NotificationAnswer.Tests(
                tenant,
                tenant,
                history.testAll(new TenantId(tenant), clock.instant()).stream()
                        .map(NotificationWords::answer)
                        .toList());
    }

    private SettingsAnswer settings(TenantId tenant) {
        return new SettingsAnswer(
                tenant.value(),
                tenant.value(),
                channels.hasMail(),
                NoticeEvent.ofRules().stream()
                        .map(event ->
                                new SettingsAnswer.Event(
                                        event.word(),
                                        event.severity().name(),
                                        event.cooldown().toSeconds()))
                        .toList(),
                document.channels(tenant).stream()
                        .map(c -> NotificationWords.answer(c, channels.shownUrl(c)))
                        .toList(),
                document.rules(tenant).stream().map(NotificationWords::answer).toList());
    }
}
