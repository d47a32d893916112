package dev.convergence.service.http.direct;

import dev.convergence.api.direct.ReservationAnswer;
import dev.convergence.api.direct.ReservationRequest;
import dev.convergence.engine.Rooms;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.queue.Reservation;
import dev.convergence.engine.queue.Reservations;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Scope;
import dev.convergence.service.http.Who;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Keeping one's queue from starting anything, and letting it go on.
@RestController
public final class ReservationRoutes {

    private static final int TTL_MAX = 3600;
    private static final int TTL_DEFAULT = 600;
    private static final int RESERVED_BY_MAX = 200;

    private final Reservations reservations;
    private final InstantSource clock;

    public ReservationRoutes(Rooms engine) {
        reservations = engine.reservations();
        clock = engine.clock();
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @PostMapping("/api/v1/reservations")
    @ResponseStatus(HttpStatus.CREATED)
    public ReservationAnswer reserve(
            @RequestBody ReservationRequest request, Caller.Tenant caller) {
        FieldFaults faults = new FieldFaults();
        String given = faults.optionalText("reserved_by", request.reservedBy(), 1, RESERVED_BY_MAX);
        faults.range("ttl_seconds", request.ttlSeconds(), 1, TTL_MAX);
        faults.refuseIfAny();
        Duration ttl =
                Duration.ofSeconds(Objects.requireNonNullElse(request.ttlSeconds(), TTL_DEFAULT));
        String reservedBy = given == null ? who(caller) : given;
        return answer(
                reservations.reserve(caller.tenant(), reservedBy, ttl, null, clock.instant()));
    }

    /// Who asks, when the body does not say it.
    static String who(Caller.Tenant caller) {
        String user = caller.userId();
        return user == null ? "api" : user;
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_READ)
    @GetMapping("/api/v1/reservations/active")
    public ReservationAnswer active(Caller.Tenant caller) {
        return reservations
                .active(caller.tenant(), clock.instant())
                .map(ReservationRoutes::answer)
                .orElseThrow(() -> EngineException.notFound("No reservation is active."));
    }

    @Access(value = Who.TENANT, scope = Scope.PIPELINES_EXECUTE)
    @DeleteMapping("/api/v1/reservations/{reservation_id}")
    public ReservationAnswer release(
            @PathVariable("reservation_id") UUID id, Caller.Tenant caller) {
        return answer(
                reservations.release(caller.tenant(), new ReservationId(id), clock.instant()));
    }

    private static ReservationAnswer answer(Reservation reservation) {
        String tenant = reservation.tenant().value();
        return new ReservationAnswer(
                reservation.id().toString(),
                tenant,
                tenant,
                reservation.reservedBy(),
                reservation.status().name(),
                reservation.reservedAt(),
                reservation.expiresAt(),
                reservation.endedAt());
    }
}
