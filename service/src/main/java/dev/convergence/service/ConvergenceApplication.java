package dev.convergence.service;

import dev.convergence.service.wiring.ConsoleWiring;
import dev.convergence.service.wiring.DatabaseWiring;
import dev.convergence.service.wiring.EngineWiring;
import dev.convergence.service.wiring.GenerationWiring;
import dev.convergence.service.wiring.GroupRoutesWiring;
import dev.convergence.service.wiring.HttpWiring;
import dev.convergence.service.wiring.InspectionWiring;
import dev.convergence.service.wiring.JobRoutesWiring;
import dev.convergence.service.wiring.NotificationWiring;
import dev.convergence.service.wiring.PipelineRoutesWiring;
import dev.convergence.service.wiring.StepWiring;
import dev.convergence.service.wiring.TenantWiring;
import dev.convergence.service.wiring.TraceWiring;
import dev.convergence.service.wiring.WebhookWiring;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The whole server as Spring sees it: the parts named here, and nothing found by scanning.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    DatabaseWiring.class,
    StepWiring.class,
    TenantWiring.class,
    EngineWiring.class,
    GenerationWiring.class,
    HttpWiring.class,
    InspectionWiring.class,
    PipelineRoutesWiring.class,
    JobRoutesWiring.class,
    GroupRoutesWiring.class,
    WebhookWiring.class,
    NotificationWiring.class,
    TraceWiring.class,
    ConsoleWiring.class
})
public class ConvergenceApplication {

    @Bean
    Draining draining(List<Drain> drains, ApplicationContext context) {
        return new Draining(drains, context);
    }
}
