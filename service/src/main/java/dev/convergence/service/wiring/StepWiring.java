package dev.convergence.service.wiring;

import dev.convergence.engine.flow.ProbeStep;
import dev.convergence.engine.step.Step;
import dev.convergence.service.config.Settings;
import dev.convergence.service.template.TemplateFolders;
import dev.convergence.service.template.TemplateReader;
import dev.convergence.service.template.TemplateValidation;
import dev.convergence.steps.StepLibrary;
import dev.convergence.steps.duckdb.DuckDbWarehouse;
import dev.convergence.steps.http.AddressGuard;
import dev.convergence.steps.http.HttpLimits;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.http.ReportApi;
import dev.convergence.steps.landing.LandingZone;
import dev.convergence.steps.quality.QualityCheckStep;
import dev.convergence.steps.query.TenantQuery;
import dev.convergence.steps.sample.SampleBills;
import dev.convergence.steps.source.CloudApis;
import dev.convergence.steps.source.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What pipelines can do, where they find bills, and where the result is kept.
@Configuration(proxyBeanMethods = false)
public class StepWiring {

    /// Notifications are chosen and recorded by the flow itself; no step does them.
    private static final Set<String> NOTIFICATIONS =
            Set.of(
                    "notify_systems.email_notification",
                    "notify_systems.slack_notification",
                    "notify_systems.webhook_notification");

    /// All kinds of steps; a type of its own, because a list of beans would be collected from
    /// beans.
    record Steps(List<Step> all) {}

    @Bean(destroyMethod = "close")
    TenantQuery tenantQuery() {
        return new TenantQuery();
    }

    @Bean
    DuckDbWarehouse warehouse(Settings settings, TenantQuery query) {
        return new DuckDbWarehouse(settings.storage().warehouse(), query::run);
    }

    @Bean
    LandingZone landingZone(Settings settings) {
        return new LandingZone(settings.storage().landing());
    }

    @Bean
    HttpSource httpSource(Settings settings) {
        return new HttpSource(
                new AddressGuard(settings.doors().webhookAllowPrivate()), HttpLimits.DEFAULT);
    }

    @Bean
    ReportApi reportApi() {
        return new ReportApi(HttpLimits.PAGE);
    }

    @Bean
    CloudApis cloudApis(Settings settings, ReportApi api) {
        return new CloudApis(
                api,
                settings.models().openai().base(),
                settings.models().anthropic().base(),
                DuckDbWarehouse.checkpoints(settings.storage().warehouse()),
                Patience.REAL);
    }

    @Bean
    Steps steps(
            DuckDbWarehouse warehouse,
            LandingZone landing,
            HttpSource http,
            CloudApis clouds,
            Settings settings) {
        List<Step> steps =
                new ArrayList<>(
                        StepLibrary.steps(
                                warehouse,
                                landing,
                                new SampleBills(),
                                http,
                                clouds,
                                Duration.ofDays(settings.keeping().runs())));
        Path model = settings.storage().focusModel();
        steps.add(new QualityCheckStep("quality.check", model));
        steps.add(new QualityCheckStep("gcp.data_quality", model));
        steps.add(new ProbeStep());
        return new Steps(steps);
    }

    @Bean
    TemplateReader templateReader(Steps steps) {
        return new TemplateReader(
                Stream.concat(steps.all().stream().map(Step::type), NOTIFICATIONS.stream())
                        .collect(Collectors.toSet()));
    }

    @Bean
    TemplateFolders templates(TemplateReader reader, Settings settings) {
        return new TemplateFolders(reader, settings.storage().templates());
    }

    @Bean
    TemplateValidation templateValidation(TemplateFolders templates, TemplateReader reader) {
        return new TemplateValidation(templates, reader);
    }
}
