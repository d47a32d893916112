package dev.convergence.service.http.health;

import dev.convergence.service.http.Access;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.health.Inspection.Found;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What an operator should know of this node and its database, and how to mend it.
///
/// For operators only, because paths and versions help an attacker.
@RestController
public final class HealthDetailRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HealthDetailRoutes.class);

    private final HttpSettings settings;
    private final InstantSource clock;
    private final List<Inspection> inspections;

    public HealthDetailRoutes(
            HttpSettings settings, InstantSource clock, List<Inspection> inspections) {
        this.settings = settings;
        this.clock = clock;
        this.inspections = List.copyOf(inspections);
    }

    @Access(Who.OPERATOR)
    @GetMapping("/health/details")
    Details details() {
        List<Check> checks = inspections.stream().map(HealthDetailRoutes::check).toList();
        boolean isWell = checks.stream().noneMatch(check -> check.state.equals("FAIL"));
        return new Details(
                isWell ? "healthy" : "failing", settings.version(), clock.instant(), checks);
    }

    private static Check check(Inspection inspection) {
        Found found = found(inspection);
        return new Check(inspection.name(), found.state(), found.detail(), found.mend());
    }

    /// What exactly went wrong is for the log; it may hold an address with a password.
    private static Found found(Inspection inspection) {
        try {
            return inspection.look().call();
        } catch (Exception e) {
            LOG.warn("The inspection of {} failed", inspection.name(), e);
            return Found.fail("It could not be looked at.", "The server's log says why.");
        }
    }

    record Details(String status, String version, Instant time, List<Check> checks) {}

    record Check(String name, String state, String detail, String mend) {}
}
