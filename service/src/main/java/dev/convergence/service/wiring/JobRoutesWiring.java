package dev.convergence.service.wiring;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.launch.JobLauncher;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.service.http.job.JobCancelRoutes;
import dev.convergence.service.http.job.JobDesk;
import dev.convergence.service.http.job.JobRoutes;
import dev.convergence.service.http.job.JobRunRoutes;
import dev.convergence.service.http.job.JobScheduleRoutes;
import dev.convergence.service.http.job.JobTemplateRoutes;
import dev.convergence.service.http.job.QueueRoutes;
import dev.convergence.service.http.pipeline.ManualRuns;
import dev.convergence.service.http.scheduler.QueueControlRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The routes of jobs, and of a tenant's own queue.
@Configuration(proxyBeanMethods = false)
public class JobRoutesWiring {

    @Bean
    JobDesk jobDesk(Rooms engine, JobLauncher launcher, ManualRuns pipelines) {
        return new JobDesk(engine, launcher, pipelines);
    }

    @Bean
    JobRoutes jobRoutes(Rooms engine, JobDesk desk, JobLauncher launcher) {
        return new JobRoutes(engine, desk, launcher);
    }

    @Bean
    JobCancelRoutes jobCancelRoutes(Rooms engine) {
        return new JobCancelRoutes(engine);
    }

    @Bean
    QueueRoutes queueRoutes(Rooms engine) {
        return new QueueRoutes(engine);
    }

    @Bean
    JobRunRoutes jobRunRoutes(Rooms engine, JobDesk desk) {
        return new JobRunRoutes(engine, desk);
    }

    @Bean
    JobTemplateRoutes jobTemplateRoutes(Rooms engine) {
        return new JobTemplateRoutes(engine);
    }

    @Bean
    JobScheduleRoutes jobScheduleRoutes(Rooms engine, JobScheduler scheduler) {
        return new JobScheduleRoutes(engine, scheduler);
    }

    @Bean
    QueueControlRoutes queueControlRoutes(Rooms engine) {
        return new QueueControlRoutes(engine);
    }
}
