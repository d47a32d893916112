package dev.convergence.service.wiring;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.Deliverer;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.engine.webhook.Endpoints;
import dev.convergence.engine.webhook.FanOut;
import dev.convergence.service.config.Settings;
import dev.convergence.service.http.HttpSettings;
import dev.convergence.service.http.health.EngineMeters;
import dev.convergence.service.http.health.WebhookMeters;
import dev.convergence.service.http.webhook.RunWebhooks;
import dev.convergence.service.http.webhook.WebhookDeliveryRoutes;
import dev.convergence.service.http.webhook.WebhookEndpointRoutes;
import dev.convergence.steps.http.AddressGuard;
import dev.convergence.steps.http.HttpCourier;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Telling tenants' own systems what happened.
@Configuration(proxyBeanMethods = false)
public class WebhookWiring {

    @Bean(destroyMethod = "close")
    HttpCourier courier(Settings settings) {
        return new HttpCourier(
                new AddressGuard(settings.doors().webhookAllowPrivate()),
                HttpCourier.Patience.DEFAULT);
    }

    @Bean
    Endpoints webhookEndpoints(Database database, Vault vault, Courier courier) {
        return new Endpoints(database, vault, courier);
    }

    @Bean
    Deliveries webhookDeliveries(Database database) {
        return new Deliveries(database);
    }

    @Bean
    FanOut webhookFanOut(Database database, Rooms engine, JsonMapper json) {
        return new FanOut(
                database,
                new RunWebhooks(engine.runs(), engine.stepRecords(), engine.jobRuns(), json));
    }

    @Bean(destroyMethod = "close")
    Deliverer webhookDeliverer(
            Database database,
            Vault vault,
            Courier courier,
            InstantSource clock,
            EngineMeters meters,
            HttpSettings settings) {
        return new Deliverer(
                database,
                vault,
                courier,
                new Deliverer.Wiring(
                        clock,
                        Executors.newVirtualThreadPerTaskExecutor(),
                        new Events(meters),
                        () -> ThreadLocalRandom.current().nextDouble(),
                        "Convergence/" + settings.version()));
    }

    @Bean
    WebhookMeters webhookMeters(Deliveries deliveries, MeterRegistry registry) {
        return new WebhookMeters(deliveries, registry);
    }

    @Bean
    WebhookEndpointRoutes webhookEndpointRoutes(Endpoints endpoints, InstantSource clock) {
        return new WebhookEndpointRoutes(endpoints, clock);
    }

    @Bean
    WebhookDeliveryRoutes webhookDeliveryRoutes(Deliveries deliveries, InstantSource clock) {
        return new WebhookDeliveryRoutes(deliveries, clock);
    }
}
