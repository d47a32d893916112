package dev.convergence.engine.webhook;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.NoteStore.Noted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes deliveries of what was noted: one for each endpoint that listens.
///
/// The note goes in the transaction that makes its deliveries, so each is made once, by whichever
/// node comes first.
public final class FanOut implements Duty {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);

    /// Payloads of a batch are in memory together.
    private static final int BATCH_MAX = 100;

    private final Database database;
    private final RunDocuments documents;

    public FanOut(Database database, RunDocuments documents) {
        this.database = database;
        this.documents = documents;
    }

    @Override
    public boolean runOnce(Instant now) {
        boolean isMore = false;
        for (TenantId tenant : database.read(h -> NoteStore.tenants(h, Happenings.TOPIC))) {
            try {
                isMore |= database.inTransaction(handle -> tell(handle, tenant, now));
            } catch (RuntimeException failure) {
                LOG.warn(
                        "Webhooks of {} could not be made and will be tried again",
                        tenant,
                        failure);
            }
        }
        return isMore;
    }

    private boolean tell(Handle handle, TenantId tenant, Instant now) {
        List<Noted> noted = NoteStore.lock(handle, Happenings.TOPIC, tenant, BATCH_MAX);
        List<Endpoint> endpoints = EndpointStore.keepEnabled(handle, tenant);
        List<NewDelivery> deliveries = new ArrayList<>();
        for (Noted one : noted) {
            deliveries.addAll(deliveries(tenant, one, endpoints, now));
        }
        DeliveryStore.insert(handle, deliveries, now);
        NoteStore.done(handle, noted);
        return noted.size() == BATCH_MAX;
    }

    private List<NewDelivery> deliveries(
            TenantId tenant, Noted noted, List<Endpoint> endpoints, Instant now) {
        RunFact run = noted.run();
        if (run != null) {
            return ofRun(tenant, run, endpoints, now);
        }
        Map<String, Object> payload = noted.payload();
        if (payload == null) {
            return List.of();
        }
        Happening happening = HappeningStore.happening(tenant, payload);
        return endpoints.stream()
                .filter(endpoint -> endpoint.events().takes(happening.event()))
                .map(endpoint -> Envelope.of(endpoint, happening, noted.happenedAt(), now))
                .toList();
    }

    private List<NewDelivery> ofRun(
            TenantId tenant, RunFact run, List<Endpoint> endpoints, Instant now) {
        List<NewDelivery> deliveries = new ArrayList<>();
        Map<String, @Nullable Object> document = null;
        for (Endpoint endpoint : run.isTold() ? endpoints : List.<Endpoint>of()) {
            Optional<EventName> event = event(run, endpoint.events());
            if (event.isPresent()) {
                document = document == null ? documents.of(tenant, run) : document;
                deliveries.add(Envelope.of(endpoint, event.get(), run, document, now));
            }
        }
        return deliveries;
    }

    /// An endpoint hears of a run once. A pipeline's run is also a job's run: who listens only to
    /// those hears of it under that name.
    private static Optional<EventName> event(RunFact run, EventFilter filter) {
        Optional<EventName> ofPipeline =
                run.isPipeline()
                        ? Optional.of(EventName.ofPipeline(run.state())).filter(filter::takes)
                        : Optional.empty();
        boolean isJobRun = !run.isPipeline() || !run.state().equals("CANCELLED");
        return ofPipeline.or(() ->
                isJobRun
                        ? Optional.of(EventName.ofJobRun(run.state())).filter(filter::takes)
                        : Optional.empty());
    }
}
