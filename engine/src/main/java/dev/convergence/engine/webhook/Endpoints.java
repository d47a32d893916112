package dev.convergence.engine.webhook;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.id.TimeOrderedId;
import dev.convergence.engine.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one can do with endpoints.
public final class Endpoints {

    static final int ENDPOINTS_MAX = 20;

    private static final int OVERLAP_SECONDS_MAX = 604_800;
    private static final int OVERLAP_SECONDS_DEFAULT = 86_400;

    private final Database database;
    private final SecretVault vault;
    private final Courier courier;

    public Endpoints(Database database, Vault vault, Courier courier) {
        this.database = database;
        this.vault = new SecretVault(vault);
        this.courier = courier;
    }

    /// An endpoint and its secret in clear text, which is never shown again.
    public record WithSecret(Endpoint endpoint, String secret) {

        @Override
        public String toString() {
            return "WithSecret[" + endpoint.id() + ", ***]";
        }
    }

    public WithSecret create(TenantId tenant, NewEndpoint request, Instant now) {
        NewEndpoint.Checked wish = request.check();
        courier.check(wish.url());
        UUID id = TimeOrderedId.next(now);
        Vault.Sealed sealed = vault.seal(tenant, id, wish.secret());
        Endpoint made =
                database.inTransaction(handle -> {
                    if (EndpointStore.countAlone(handle, tenant) >= ENDPOINTS_MAX) {
                        throw full();
                    }
                    return EndpointStore.insert(handle, id, tenant, wish, sealed, now);
                });
        return new WithSecret(made, wish.secret().text());
    }

    private static EngineException full() {
        return new EngineException(
                ErrorCode.CONFLICT,
                "The tenant has "
                        + ENDPOINTS_MAX
                        + " endpoints, which is the most; delete one first.");
    }

    /// Newest first.
    ///
    /// @param before the last one of the page before, null for the first page
    public List<Endpoint> list(TenantId tenant, @Nullable UUID before, int limit) {
        return database.read(handle -> EndpointStore.list(handle, tenant, before, limit));
    }

    public Endpoint get(TenantId tenant, UUID id) {
        return database.read(handle -> EndpointStore.find(handle, tenant, id))
                .orElseThrow(() -> none(id));
    }

    public Endpoint update(TenantId tenant, UUID id, EndpointUpdate request, Instant now) {
        EndpointUpdate.Checked wish = request.check();
        if (wish.url() != null) {
            courier.check(wish.url());
        }
        return database.inTransaction(h -> EndpointStore.update(h, tenant, id, wish, now))
                .orElseThrow(() -> none(id));
    }

    /// Gives an endpoint another secret; the old one signs beside it for a while.
    ///
    /// @param given null for one of ours
    /// @param overlapSeconds null for a day
    public WithSecret rotate(
            TenantId tenant,
            UUID id,
            @Nullable String given,
            @Nullable Integer overlapSeconds,
            Instant now) {
        FieldFaults faults = new FieldFaults();
        faults.range("overlap_seconds", overlapSeconds, 0, OVERLAP_SECONDS_MAX);
        SigningSecret secret = SigningSecret.givenOrNew(given, faults);
        faults.refuseIfAny();
        int overlap = Objects.requireNonNullElse(overlapSeconds, OVERLAP_SECONDS_DEFAULT);
        Instant until = now.plus(Duration.ofSeconds(overlap));
        Vault.Sealed sealed = vault.seal(tenant, id, secret);
        Endpoint rotated =
                database.inTransaction(h -> EndpointStore.rotate(h, tenant, id, sealed, until, now))
                        .orElseThrow(() -> none(id));
        return new WithSecret(rotated, secret.text());
    }

    /// Deletes an endpoint; what was still to be sent to it is given up, its log stays.
    public void delete(TenantId tenant, UUID id) {
        boolean isDeleted =
                database.inTransaction(handle -> {
                    boolean isGone = EndpointStore.delete(handle, tenant, id);
                    if (isGone) {
                        DeliveryStore.giveUp(handle, id, "The endpoint was deleted.");
                    }
                    return isGone;
                });
        if (!isDeleted) {
            throw none(id);
        }
    }

    /// Sends a test to an endpoint, whatever it listens to.
    public Delivery test(TenantId tenant, UUID id, Instant now) {
        return database.inTransaction(handle -> {
            Endpoint endpoint = EndpointStore.keep(handle, tenant, id).orElseThrow(() -> none(id));
            if (!endpoint.isEnabled()) {
                throw new EngineException(
                        ErrorCode.CONFLICT, "The endpoint is switched off: enable it first.");
            }
            Happening test =
                    new Happening(
                            tenant,
                            EventName.WEBHOOK_TEST,
                            null,
                            null,
                            Map.of(
                                    "endpoint_id",
                                    id.toString(),
                                    "message",
                                    "A test that somebody asked for."));
            NewDelivery delivery = Envelope.of(endpoint, test, now, now);
            DeliveryStore.insert(handle, List.of(delivery), now);
            return DeliveryStore.find(handle, tenant, delivery.id()).orElseThrow();
        });
    }

    private static EngineException none(UUID id) {
        return EngineException.notFound("There is no webhook endpoint " + id + ".");
    }
}
