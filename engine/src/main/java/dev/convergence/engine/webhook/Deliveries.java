package dev.convergence.engine.webhook;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Database;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The log of what was told, and telling again.
public final class Deliveries {

    private static final int PENDING_COUNTED_MAX = 100_000;

    private final Database database;

    public Deliveries(Database database) {
        this.database = database;
    }

    /// A delivery with its bytes and its attempts, the first one first.
    ///
    /// @param payload what is sent, as text
    public record Detail(Delivery delivery, String payload, List<DeliveryAttempt> attempts) {}

    /// Newest first.
    public List<Delivery> list(DeliveryFilter filter) {
        return database.read(handle -> DeliveryStore.list(handle, filter));
    }

    public Detail get(TenantId tenant, UUID id) {
        return database.read(handle -> {
            Delivery delivery = DeliveryStore.find(handle, tenant, id).orElseThrow(() -> none(id));
            String payload = new String(DeliveryStore.payload(handle, id), StandardCharsets.UTF_8);
            return new Detail(delivery, payload, AttemptStore.list(handle, id));
        });
    }

    /// Sends the same bytes again, as often as its endpoint allows for a new delivery.
    public Delivery redeliver(TenantId tenant, UUID id, Instant now) {
        return database.inTransaction(handle -> {
            Delivery delivery = DeliveryStore.find(handle, tenant, id).orElseThrow(() -> none(id));
            Endpoint endpoint =
                    EndpointStore.keep(handle, tenant, delivery.endpoint())
                            .filter(Endpoint::isEnabled)
                            .orElseThrow(Deliveries::nobodyListens);
            if (!DeliveryStore.again(handle, id, endpoint.attemptsMax(), now)) {
                throw new EngineException(
                        ErrorCode.CONFLICT,
                        "The delivery is still under way, and is tried again by itself.");
            }
            return DeliveryStore.find(handle, tenant, id).orElseThrow(() -> none(id));
        });
    }

    /// How many are still to be sent, up to a hundred thousand.
    public long pending() {
        return database.read(handle -> DeliveryStore.pending(handle, PENDING_COUNTED_MAX));
    }

    private static EngineException nobodyListens() {
        return new EngineException(
                ErrorCode.CONFLICT,
                "The delivery's endpoint was deleted or is switched off: enable it first.");
    }

    private static EngineException none(UUID id) {
        return EngineException.notFound("There is no webhook delivery " + id + ".");
    }
}
