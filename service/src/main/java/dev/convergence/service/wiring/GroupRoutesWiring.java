package dev.convergence.service.wiring;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.webhook.Endpoints;
import dev.convergence.service.http.direct.DirectDesk;
import dev.convergence.service.http.direct.DirectRoutes;
import dev.convergence.service.http.direct.ReservationRoutes;
import dev.convergence.service.http.direct.WritingAnswers;
import dev.convergence.service.http.group.GroupDesk;
import dev.convergence.service.http.group.GroupRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The routes of groups of jobs, of work that its caller waits for, and of reservations.
@Configuration(proxyBeanMethods = false)
public class GroupRoutesWiring {

    @Bean
    GroupRoutes groupRoutes(Rooms engine, JobLauncher launcher) {
        return new GroupRoutes(engine, new GroupDesk(engine, launcher));
    }

    @Bean
    DirectRoutes directRoutes(Rooms engine, JobLauncher launcher, Endpoints endpoints) {
        return new DirectRoutes(
                new DirectDesk(engine, launcher),
                new WritingAnswers(engine.artifacts(), endpoints));
    }

    @Bean
    ReservationRoutes reservationRoutes(Rooms engine) {
        return new ReservationRoutes(engine);
    }
}
