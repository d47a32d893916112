package dev.convergence.service.http.health;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.sql.Database;
import dev.convergence.service.http.health.Inspection.Found;
import dev.convergence.steps.http.AddressGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Whether this machine reaches the systems that active pipelines ask for bills.
///
/// @param vendors where each provider with an interface of its own is asked
/// @param guard what addresses that tenants name are held against
public record EgressInspection(Database database, Map<String, URI> vendors, AddressGuard guard) {

    private static final int PLACES_MAX = 20;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int WAIT_MILLIS = 5_000;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    public Inspection one() {
        return new Inspection("egress", this::reached);
    }

    // Without a source of its own a pipeline asks the cloud once its tenant has a credential.
    private static final String ASKED =
            """
            SELECT DISTINCT c.provider, NULL AS url FROM pipeline_config AS c
            WHERE c.is_active AND c.deleted_at IS NULL AND c.provider IN ('OPENAI', 'CLAUDE')
              AND (c.parameters ->> 'source' = 'cloud'
                   OR coalesce(c.parameters ->> 'source', 'auto') = 'auto'
                      AND EXISTS (SELECT 1 FROM credential
                                  WHERE credential.tenant_id = c.tenant_id AND credential.is_active
                                    AND credential.provider = c.provider
                                    AND credential.validation_status = 'VALID'))
            UNION
            SELECT DISTINCT c.provider, c.parameters ->> 'url' FROM pipeline_config AS c
            WHERE c.is_active AND c.deleted_at IS NULL AND c.parameters ->> 'source' = 'http'
              AND c.parameters ->> 'url' LIKE 'http%'
            LIMIT 200
            """;

    /// A host and its port, and whether a tenant chose it.
    private record Place(String host, int port, boolean isOfTenant) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private Found reached() throws InterruptedException {
        Map<String, Place> places = places();
        if (places.isEmpty()) {
            return Found.skipped(
                    "no active pipeline asks another system",
                    "Pipelines with the source cloud or http do.");
        }
        Set<String> shut = new TreeSet<>();
        boolean isOurs = false;
        for (Map.Entry<Place, Boolean> place : looked(List.copyOf(places.values())).entrySet()) {
            if (!place.getValue()) {
                shut.add(place.getKey().toString());
                isOurs |= !place.getKey().isOfTenant();
            }
        }
        if (shut.isEmpty()) {
            return Found.ok(String.join(", ", places.keySet()) + " can be reached");
        }
        String found = String.join(", ", shut) + " cannot be reached";
        String mend =
                "Let this machine look the name up and connect: DNS, firewall, routes. Where a"
                        + " gateway stands between, set OPENAI_BASE_URL or ANTHROPIC_BASE_URL; a url"
                        + " of a tenant is in its pipeline's parameters.";
        return isOurs ? Found.fail(found, mend) : Found.warn(found, mend);
    }

    private Map<String, Place> places() {
        Map<String, Place> places = new LinkedHashMap<>();
        database.read(handle ->
                        handle.createQuery(ASKED)
                                .map((row, _) -> new String[] {row.getString(1), row.getString(2)})
                                .list())
                .forEach(asked -> add(places, asked[0], asked[1]));
        return places;
    }

    private void add(Map<String, Place> places, String provider, @Nullable String url) {
        try {
            URI at = url == null ? vendors.get(provider) : guard.checked(url);
            if (at != null && places.size() < PLACES_MAX) {
                int usual = "http".equalsIgnoreCase(at.getScheme()) ? HTTP : HTTPS;
                int port = at.getPort() < 0 ? usual : at.getPort();
                Place place = new Place(at.getHost(), port, url != null);
                places.putIfAbsent(place.toString(), place);
            }
        } catch (EngineException noAddress) {
            // its runs say so
        }
    }

    private Map<Place, Boolean> looked(List<Place> places) throws InterruptedException {
        Map<Place, Boolean> seen = new LinkedHashMap<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<Place, Future<Boolean>> looks = new LinkedHashMap<>();
            places.forEach(place -> looks.put(place, threads.submit(() -> isReached(place))));
            for (Map.Entry<Place, Future<Boolean>> look : looks.entrySet()) {
                seen.put(look.getKey(), isTrue(look.getValue()));
            }
        } finally {
            threads.shutdownNow();
        }
        return seen;
    }

    private static boolean isTrue(Future<Boolean> look) throws InterruptedException {
        try {
            return look.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreached) {
            return false;
        }
    }

    private boolean isReached(Place place) {
        AddressGuard rules = place.isOfTenant() ? guard : new AddressGuard(true);
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(rules.addresses(place.host()).getFirst(), place.port()),
                    CONNECT_MILLIS);
            return true;
        } catch (IOException | EngineException unreached) {
            return false;
        }
    }
}
