package dev.convergence.service;

import dev.convergence.service.wiring.DatabaseWiring;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/// The whole server as Spring sees it: the parts named here, and nothing found by scanning.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(DatabaseWiring.class)
public class ConvergenceApplication {

    @Bean
    Draining draining(List<Drain> drains, ApplicationContext context) {
        return new Draining(drains, context);
    }
}
