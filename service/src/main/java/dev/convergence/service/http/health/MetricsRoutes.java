package dev.convergence.service.http.health;

import dev.convergence.service.http.Access;
import dev.convergence.service.http.Who;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The numbers of this node, for Prometheus.
@RestController
public final class MetricsRoutes {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    public MetricsRoutes(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Access(Who.ANYONE)
    @GetMapping(value = "/metrics", produces = TEXT_FORMAT)
    String metrics() {
        return registry.scrape();
    }
}
