package dev.convergence.service.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.convergence.engine.event.WakeUp;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.Who;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whether this node is there, alive and ready; asked by people, balancers and supervisors.
@RestController
public final class HealthRoutes {

    private static final String SERVICE = "convergence";

    private final HttpSettings settings;
    private final DrainState drain;
    private final Readiness readiness;
    private final VacuumWatch vacuum;
    private final Supplier<Optional<WakeUp>> wakeUp;

    public HealthRoutes(
            HttpSettings settings,
            DrainState drain,
            Readiness readiness,
            VacuumWatch vacuum,
            Supplier<Optional<WakeUp>> wakeUp) {
        this.settings = settings;
        this.drain = drain;
        this.readiness = readiness;
        this.vacuum = vacuum;
        this.wakeUp = wakeUp;
    }

    @Access(Who.ANYONE)
    @GetMapping("/")
    Welcome welcome() {
        return new Welcome("Convergence pipeline scheduler", settings.version(), "/docs");
    }

    /// Never touches the database.
    @Access(Who.ANYONE)
    @GetMapping("/health")
    Health health() {
        return new Health("healthy", SERVICE, settings.version(), settings.environment());
    }

    @Access(Who.ANYONE)
    @GetMapping("/health/live")
    ResponseEntity<Life> live() {
        return drain.isGoingDown()
                ? ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(life("shutting_down", "This node finishes its work and stops."))
                : ResponseEntity.ok(life("alive", null));
    }

    @Access(Who.ANYONE)
    @GetMapping("/health/ready")
    ResponseEntity<Ready> ready() {
        Map<String, String> checks = new LinkedHashMap<>();
        checks.put("shutdown", drain.isGoingDown() ? "draining" : "ok");
        readiness.look().forEach((name, usable) -> checks.put(name, usable ? "ok" : "failed"));
        String reason = reason(checks);
        return reason == null
                ? ResponseEntity.ok(ready("ready", null, checks))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(ready("not_ready", reason, checks));
    }

    private static @Nullable String reason(Map<String, String> checks) {
        for (Map.Entry<String, String> check : checks.entrySet()) {
            if (!check.getValue().equals("ok")) {
                return check.getKey() + " is " + check.getValue();
            }
        }
        return null;
    }

    private Life life(String status, @Nullable String message) {
        return new Life(status, SERVICE, settings.version(), message);
    }

    private Ready ready(String status, @Nullable String reason, Map<String, String> checks) {
        return new Ready(
                status,
                SERVICE,
                settings.version(),
                reason,
                checks,
                wakeUp.get().map(mode -> mode.name().toLowerCase(Locale.ROOT)).orElse(null),
                Stream.of(vacuum.warning(), deafness()).flatMap(Optional::stream).toList());
    }

    private Optional<String> deafness() {
        return wakeUp.get()
                .filter(WakeUp.POLL::equals)
                .map(_ ->
                        "Notifications of the database do not arrive, as behind a pooler of"
                                + " transactions: work from other nodes starts later, when workers"
                                + " look for it.");
    }

    record Welcome(String message, String version, String docs) {}

    record Health(String status, String service, String version, String environment) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Life(String status, String service, String version, @Nullable String message) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ready(
            String status,
            String service,
            String version,
            @Nullable String reason,
            Map<String, String> checks,
            @Nullable String wakeUp,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {}
}
