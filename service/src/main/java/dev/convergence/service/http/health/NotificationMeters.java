package dev.convergence.service.http.health;

import dev.convergence.engine.event.EngineEvent.NotificationSent;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.notification.ChannelType;
import dev.convergence.engine.notification.History;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;

/// How notifications go: attempts of this node, and how many of the installation still wait.
public final class NotificationMeters implements Duty {

    private final History history;
    private volatile double pending = Double.NaN;

    public NotificationMeters(History history, MeterRegistry registry) {
        this.history = history;
        Gauge.builder("notification_pending", this, meters -> meters.pending).register(registry);
    }

    @Override
    public boolean runOnce(Instant now) {
        pending = history.pending();
        return false;
    }

    /// What this node sent; the meters are there from the start.
    static final class Sent {

        private static final List<String> ENDS = List.of("DELIVERED", "FAILED");

        private final MeterRegistry registry;
        private final Counter uncertain;

        Sent(MeterRegistry registry) {
            this.registry = registry;
            for (ChannelType channel : ChannelType.values()) {
                ENDS.forEach(end -> counter(channel.name(), end));
            }
            registry.timer("notification_attempts");
            uncertain = registry.counter("notification_uncertain");
        }

        void count(NotificationSent sent) {
            registry.timer("notification_attempts").record(sent.duration());
            if (ENDS.contains(sent.state())) {
                counter(sent.channel(), sent.state()).increment();
            }
        }

        void countUncertain() {
            uncertain.increment();
        }

        private Counter counter(String channel, String result) {
            return registry.counter(
                    "notification_deliveries", "channel", channel, "result", result);
        }
    }
}
