package dev.convergence.engine;

import dev.convergence.engine.credential.MasterKey;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.event.EngineEvent;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Delivery;
import dev.convergence.engine.webhook.DeliveryFilter;
import dev.convergence.engine.webhook.Endpoint;
import dev.convergence.engine.webhook.Endpoints;
import dev.convergence.engine.webhook.FanOut;
import dev.convergence.engine.webhook.NewEndpoint;
import dev.convergence.engine.webhook.RunFact;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// What a node has to tell tenants with, on the clock of its installation.
final class Mailroom {

    private static final Vault VAULT =
            new Vault(MasterKey.fromBase64(Base64.getEncoder().encodeToString(new byte[32])));

    final Receiver receiver = new Receiver();
    final Endpoints endpoints;
    final Deliveries deliveries;
    final List<EngineEvent> told = new CopyOnWriteArrayList<>();
    private final Installation installation;
    private final FanOut fanOut;

    Mailroom(Installation installation) {
        this.installation = installation;
        endpoints = new Endpoints(installation.database, VAULT, receiver);
        deliveries = new Deliveries(installation.database);
        fanOut = new FanOut(installation.database, (_, run) -> document(run));
    }

    private static Map<String, @Nullable Object> document(RunFact run) {
        Map<String, @Nullable Object> document = new HashMap<>();
        document.put("params_snapshot", run.params());
        document.put("error", run.error());
        return document;
    }

    Endpoints.WithSecret endpoint(TenantId tenant, String url, String... events) {
        return endpoints.create(
                tenant,
                new NewEndpoint(
                        url, null, events.length == 0 ? null : List.of(events), null, null, null),
                now());
    }

    Endpoint endpointOf(TenantId tenant) {
        return endpoints.list(tenant, null, 1).getFirst();
    }

    Deliverer deliverer() {
        return deliverer(new SameThread());
    }

    Deliverer deliverer(ExecutorService threads) {
        return new Deliverer(
                installation.database,
                VAULT,
                receiver,
                new Deliverer.Wiring(
                        installation.clock,
                        threads,
                        new Events(told::add),
                        () -> 0.5,
                        "Convergence/test"));
    }

    /// Makes deliveries of what happened, and sends what is due.
    void work() {
        fanOut();
        while (deliverer().runOnce(now())) {
            // until nothing is due
        }
    }

    void fanOut() {
        fanOut.runOnce(now());
    }

    List<Delivery> log(TenantId tenant) {
        return log(tenant, null);
    }

    List<Delivery> log(TenantId tenant, Delivery.@Nullable State state) {
        return deliveries.list(new DeliveryFilter(tenant, null, state, null, null, null, 200));
    }

    private Instant now() {
        return installation.clock.instant();
    }
}
