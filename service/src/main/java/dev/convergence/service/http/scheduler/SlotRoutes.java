package dev.convergence.service.http.scheduler;

import dev.convergence.api.scheduler.SlotAnswer;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.slot.Slot;
import dev.convergence.engine.slot.SlotFilter;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.slot.Slots;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Cursor;
import dev.convergence.service.http.Page;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The ledger: what became of each instant at which a tenant's configs were due.
@RestController
public final class SlotRoutes {

    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2201-01-01T00:00:00Z");

    private final Slots slots;

    public SlotRoutes(Rooms engine) {
        slots = new Slots(engine.database());
    }

    @Access(value = Who.TENANT_OR_OPERATOR, scope = Scope.PIPELINES_READ)
    @GetMapping({"/api/v1/tenants/{tenant_id}/slots", "/api/v1/customers/{tenant_id}/slots"})
    public Page<SlotAnswer> list(
            @PathVariable("tenant_id") String tenant,
            @RequestParam(name = "config_id", required = false) @Nullable UUID config,
            @RequestParam(name = "outcome", required = false) @Nullable String outcome,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "limit", required = false) @Nullable String limitText,
            @RequestParam(name = "cursor", required = false) @Nullable String cursorText) {
        int limit = Page.limit(limitText);
        String list = "slots " + config + " " + outcome + " " + from + " " + to;
        Cursor cursor = Cursor.decode(cursorText, list, 2);
        SlotFilter filter =
                new SlotFilter(
                        new TenantId(tenant),
                        config == null ? null : new ConfigId(config),
                        outcome(outcome),
                        time("from", from),
                        time("to", to),
                        cursor == null
                                ? null
                                : new SlotFilter.Place(
                                        cursor.instant(0), new ConfigId(cursor.uuid(1))),
                        limit + 1);
        List<SlotAnswer> found = slots.list(filter).stream().map(SlotRoutes::answer).toList();
        return Page.of(
                "slots", found, limit, last -> Cursor.encode(list, last.dueAt(), last.configId()));
    }

    private static @Nullable SlotOutcome outcome(@Nullable String text) {
        FieldFaults faults = new FieldFaults();
        SlotOutcome outcome = faults.word("outcome", text, SlotOutcome.class);
        faults.refuseIfAny();
        return outcome;
    }

    /// A time, or a day, which begins at midnight UTC.
    static @Nullable Instant time(String field, @Nullable String text) {
        try {
            Instant time = text == null ? null : parsed(text);
            if (time == null || (time.isAfter(EARLIEST) && time.isBefore(LATEST))) {
                return time;
            }
        } catch (DateTimeException wrong) {
            // The sentence below says what is expected.
        }
        throw EngineException.invalidField(
                field, "INVALID_VALUE", "is a time such as 2026-11-22T02:00:00Z, or a day.");
    }

    private static Instant parsed(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(text).toInstant();
    }

    private static SlotAnswer answer(Slot slot) {
        JobId job = slot.job();
        return new SlotAnswer(
                slot.config().toString(),
                slot.tenant().value(),
                slot.tenant().value(),
                slot.dueAt(),
                slot.effectiveAt(),
                slot.untilAt(),
                slot.outcome().name(),
                job == null ? null : job.toString(),
                job == null ? null : job.run().toString(),
                slot.reason(),
                slot.decidedAt());
    }
}
