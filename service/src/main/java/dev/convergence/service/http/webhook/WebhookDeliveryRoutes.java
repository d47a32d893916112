package dev.convergence.service.http.webhook;

import dev.convergence.api.webhook.DeliveryAnswer;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.DeliveryFilter;
import dev.convergence.engine.webhook.EventName;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The log of what a tenant was told, and telling again.
@RestController
public final class WebhookDeliveryRoutes {

    private static final String ALL = "/api/v1/webhooks/deliveries";
    private static final String ONE = ALL + "/{delivery_id}";
    private static final String LIST = "deliveries";

    private final Deliveries deliveries;
    private final InstantSource clock;

    public WebhookDeliveryRoutes(Deliveries deliveries, InstantSource clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /// @param run the id of a run, or of its job
    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(ALL)
    public Page<DeliveryAnswer> list(
            Caller.Tenant caller,
            @RequestParam(name = "run_id", required = false) @Nullable UUID run,
            @RequestParam(name = "state", required = false) @Nullable String state,
            @RequestParam(name = "event", required = false) @Nullable String event,
            @RequestParam(name = "endpoint_id", required = false) @Nullable UUID endpoint,
            @RequestParam(name = "limit", required = false) @Nullable String limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        FieldFaults faults = new FieldFaults();
        Delivery.State wanted = faults.word("state", state, Delivery.State.class);
        String name = event(event, faults);
        faults.refuseIfAny();
        int size = Page.limit(limit);
        Cursor before = Cursor.decode(cursor, LIST, 1);
        DeliveryFilter filter =
                new DeliveryFilter(
                        caller.tenant(),
                        run == null ? null : JobId.of(run),
                        wanted,
                        name,
                        endpoint,
                        before == null ? null : before.uuid(0),
                        size + 1);
        List<DeliveryAnswer> found =
                deliveries.list(filter).stream().map(WebhookWords::answer).toList();
        return Page.of(LIST, found, size, last -> Cursor.encode(LIST, last.deliveryId()));
    }

    private static @Nullable String event(@Nullable String given, FieldFaults faults) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String word = given.strip().toLowerCase(Locale.ROOT);
        if (EventName.of(word).isEmpty()) {
            String known =
                    Stream.of(EventName.values())
                            .map(EventName::word)
                            .collect(Collectors.joining(", "));
            faults.add("event", "UNKNOWN_VALUE", "is one of " + known + ".");
        }
        return word;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping(ONE)
    public DeliveryAnswer.Detail get(Caller.Tenant caller, @PathVariable("delivery_id") UUID id) {
        return WebhookWords.detail(deliveries.get(caller.tenant(), id));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping(ONE + "/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public DeliveryAnswer redeliver(Caller.Tenant caller, @PathVariable("delivery_id") UUID id) {
        return WebhookWords.answer(deliveries.redeliver(caller.tenant(), id, clock.instant()));
    }
}
