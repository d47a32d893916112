package dev.convergence.service.wiring;

import dev.convergence.engine.Rooms;
import dev.convergence.engine.queue.Pools;
import dev.convergence.engine.recovery.RunRecordCopier;
import dev.convergence.engine.schedule.JobScheduler;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.tenant.Tenants;
import dev.convergence.engine.trail.Trail;
import dev.convergence.engine.warehouse.Warehouse;
import dev.convergence.service.http.backfill.BackfillDesk;
import dev.convergence.service.http.backfill.BackfillRoutes;
import dev.convergence.service.http.cost.CostRoutes;
import dev.convergence.service.http.cost.FindingRoutes;
import dev.convergence.service.http.data.DataRoutes;
import dev.convergence.service.http.deadletter.DeadLetterRoutes;
import dev.convergence.service.http.node.NodeRoutes;
import dev.convergence.service.http.pipeline.ConfigDesk;
import dev.convergence.service.http.pipeline.ConfigRoutes;
import dev.convergence.service.http.pipeline.ManualRuns;
import dev.convergence.service.http.pipeline.RevisionRoutes;
import dev.convergence.service.http.pipeline.Revisions;
import dev.convergence.service.http.pipeline.RunControl;
import dev.convergence.service.http.pipeline.RunRecordRoutes;
import dev.convergence.service.http.pipeline.RunRoutes;
import dev.convergence.service.http.pipeline.TemplateRoutes;
import dev.convergence.service.http.pipeline.TenantConfigRoutes;
import dev.convergence.service.http.scheduler.ExplainRoutes;
import dev.convergence.service.http.scheduler.SchedulerRoutes;
import dev.convergence.service.http.scheduler.SchedulerViewRoutes;
import dev.convergence.service.http.scheduler.SlotRoutes;
import dev.convergence.service.http.why.WhyRoutes;
import dev.convergence.service.template.TemplateValidation;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The routes of pipelines, the scheduler and the tenants' data.
@Configuration(proxyBeanMethods = false)
public class PipelineRoutesWiring {

    @Bean
    ManualRuns manualRuns(Rooms engine, TemplateCatalog templates, Pools pools) {
        return new ManualRuns(engine, templates, pools);
    }

    @Bean
    RunControl runControl(Rooms engine) {
        return new RunControl(engine);
    }

    @Bean
    RunRoutes runRoutes(ManualRuns manualRuns, RunControl control) {
        return new RunRoutes(manualRuns, control);
    }

    @Bean
    RunRecordRoutes runRecordRoutes(Rooms engine, RunControl control) {
        return new RunRecordRoutes(engine, control);
    }

    @Bean
    ConfigDesk configDesk(
            Rooms engine, Tenants tenants, TemplateCatalog templates, ManualRuns manualRuns) {
        return new ConfigDesk(engine, tenants, templates, manualRuns);
    }

    @Bean
    ConfigRoutes configRoutes(ConfigDesk desk) {
        return new ConfigRoutes(desk);
    }

    @Bean
    TenantConfigRoutes tenantConfigRoutes(ConfigDesk desk) {
        return new TenantConfigRoutes(desk);
    }

    @Bean
    RevisionRoutes revisionRoutes(ConfigDesk desk, Trail trail) {
        return new RevisionRoutes(desk, new Revisions(trail));
    }

    @Bean
    NodeRoutes nodeRoutes(Rooms engine) {
        return new NodeRoutes(engine);
    }

    @Bean
    TemplateRoutes templateRoutes(TemplateCatalog templates, TemplateValidation validation) {
        return new TemplateRoutes(templates, validation);
    }

    @Bean
    SchedulerRoutes schedulerRoutes(Rooms engine, JobScheduler jobScheduler) {
        return new SchedulerRoutes(engine, jobScheduler);
    }

    @Bean
    SchedulerViewRoutes schedulerViewRoutes(Rooms engine, RunControl control) {
        return new SchedulerViewRoutes(engine, control);
    }

    @Bean
    SlotRoutes slotRoutes(Rooms engine) {
        return new SlotRoutes(engine);
    }

    @Bean
    ExplainRoutes explainRoutes(Rooms engine) {
        return new ExplainRoutes(engine);
    }

    @Bean
    DeadLetterRoutes deadLetterRoutes(Rooms engine) {
        return new DeadLetterRoutes(engine);
    }

    @Bean
    BackfillRoutes backfillRoutes(Rooms engine, Tenants tenants, TemplateCatalog templates) {
        return new BackfillRoutes(new BackfillDesk(engine, templates), tenants, engine);
    }

    @Bean
    WhyRoutes whyRoutes(Rooms engine) {
        return new WhyRoutes(engine);
    }

    @Bean
    DataRoutes dataRoutes(Warehouse warehouse, RunRecordCopier copier) {
        return new DataRoutes(warehouse, copier);
    }

    @Bean
    CostRoutes costRoutes(Warehouse warehouse) {
        return new CostRoutes(warehouse);
    }

    @Bean
    FindingRoutes findingRoutes(Warehouse warehouse, RunRecordCopier copier) {
        return new FindingRoutes(warehouse, copier);
    }
}
