package dev.convergence.service.http.health;

import dev.convergence.engine.event.EngineEvent.WebhookSent;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.webhook.Deliveries;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;

/// How webhooks go: attempts of this node, and how many of the installation still wait.
public final class WebhookMeters implements Duty {

    private final Deliveries deliveries;
    private volatile double pending = Double.NaN;

    public WebhookMeters(Deliveries deliveries, MeterRegistry registry) {
        this.deliveries = deliveries;
        Gauge.builder("webhook_pending", this, meters -> meters.pending).register(registry);
    }

    @Override
    public boolean runOnce(Instant now) {
        pending = deliveries.pending();
        return false;
    }

    /// What this node sent; the meters are there from the start.
    static final class Sent {

        private final MeterRegistry registry;

        Sent(MeterRegistry registry) {
            this.registry = registry;
            registry.timer("webhook_attempts");
            registry.timer("webhook_delay");
            registry.counter("webhook_delivered");
            registry.counter("webhook_failed");
        }

        void count(WebhookSent sent) {
            registry.timer("webhook_attempts").record(sent.duration());
            switch (sent.state()) {
                case "DELIVERED" -> {
                    registry.counter("webhook_delivered").increment();
                    registry.timer("webhook_delay").record(sent.delay());
                }
                case "FAILED" -> registry.counter("webhook_failed").increment();
                default -> {}
            }
        }
    }
}
