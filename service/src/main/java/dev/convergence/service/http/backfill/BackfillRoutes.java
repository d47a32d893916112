package dev.convergence.service.http.backfill;

import dev.convergence.api.backfill.BackfillAnswer;
import dev.convergence.api.backfill.BackfillInstantAnswer;
import dev.convergence.api.backfill.BackfillRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.backfill.Backfills;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.BackfillId;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Backfills of a tenant: asked for, looked at, paused, resumed, cancelled.
@RestController
@RequestMapping({
    "/api/v1/tenants/{tenant_id}/backfills",
    "/api/v1/customers/{tenant_id}/backfills"
})
public final class BackfillRoutes {

    private static final String LIST = "backfills";
    private static final String INSTANTS = "instants";

    private final BackfillDesk desk;
    private final Tenants tenants;
    private final Backfills backfills;
    private final InstantSource clock;

    public BackfillRoutes(BackfillDesk desk, Tenants tenants, Rooms engine) {
        this.desk = desk;
        this.tenants = tenants;
        backfills = engine.backfills();
        clock = engine.clock();
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping
    public ResponseEntity<BackfillAnswer> create(
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "dry_run", required = false) @Nullable Boolean dryRun,
            @RequestBody BackfillRequest request,
            Caller caller) {
        TenantId tenant = known(tenantId);
        if (Boolean.TRUE.equals(dryRun) || Boolean.TRUE.equals(request.dryRun())) {
            return ResponseEntity.ok(desk.plan(tenant, request));
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(desk.create(tenant, request, caller.userId()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping
    public Page<BackfillAnswer> list(
            @PathVariable("tenant_id") String tenantId,
            @RequestParam(name = "config_id", required = false) @Nullable UUID configId,
            @RequestParam(name = "state", required = false) @Nullable String stateText,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, LIST, 1);
        List<BackfillAnswer> found =
                backfills
                        .list(
                                known(tenantId),
                                configId == null ? null : new ConfigId(configId),
                                state(stateText),
                                cursor == null ? null : new BackfillId(cursor.uuid(0)),
                                limit + 1)
                        .stream()
                        .map(BackfillWords::answer)
                        .toList();
        return Page.of(
                LIST, found, limit, last -> Cursor.encode(LIST, String.valueOf(last.backfillId())));
    }

    private static @Nullable State state(@Nullable String text) {
        FieldFaults faults = new FieldFaults();
        State state = faults.word("state", text, State.class);
        faults.refuseIfAny();
        return state;
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/{backfill_id}")
    public BackfillAnswer find(
            @PathVariable("tenant_id") String tenant, @PathVariable("backfill_id") UUID id) {
        return BackfillWords.answer(backfills.find(known(tenant), new BackfillId(id)));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping("/{backfill_id}/instants")
    public Page<BackfillInstantAnswer> instants(
            @PathVariable("tenant_id") String tenant,
            @PathVariable("backfill_id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        Cursor cursor = Cursor.decode(cursorText, INSTANTS, 1);
        List<BackfillInstantAnswer> found =
                backfills
                        .instants(
                                known(tenant),
                                new BackfillId(id),
                                cursor == null ? null : cursor.instant(0),
                                limit + 1)
                        .stream()
                        .map(BackfillWords::instant)
                        .toList();
        return Page.of(
                INSTANTS, found, limit, last -> Cursor.encode(INSTANTS, last.scheduledTime()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/{backfill_id}/pause")
    public BackfillAnswer pause(
            @PathVariable("tenant_id") String tenant, @PathVariable("backfill_id") UUID id) {
        return BackfillWords.answer(
                backfills.pause(known(tenant), new BackfillId(id), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/{backfill_id}/resume")
    public BackfillAnswer resume(
            @PathVariable("tenant_id") String tenant, @PathVariable("backfill_id") UUID id) {
        return BackfillWords.answer(
                backfills.resume(known(tenant), new BackfillId(id), clock.instant()));
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/{backfill_id}/cancel")
    public BackfillAnswer cancel(
            @PathVariable("tenant_id") String tenant, @PathVariable("backfill_id") UUID id) {
        return BackfillWords.answer(
                backfills.cancel(
                        known(tenant),
                        new BackfillId(id),
                        "It was cancelled by a user.",
                        clock.instant()));
    }

    /// An operator's path proves nothing.
    private TenantId known(String tenant) {
        TenantId id = new TenantId(tenant);
        tenants.get(id);
        return id;
    }
}
