package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.convergence.engine.notification.Composer;
import dev.convergence.engine.notification.History;
import dev.convergence.engine.pipeline.PipelineConfigs;
import dev.convergence.engine.queue.Bell;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.webhook.Deliveries;
import dev.convergence.service.http.health.EngineMeters;
import dev.convergence.service.http.health.NodeMeters;
import dev.convergence.service.http.health.NotificationMeters;
import dev.convergence.service.http.health.PipelineMeters;
import dev.convergence.service.http.health.QueueMeters;
import dev.convergence.service.http.health.SuccessMeters;
import dev.convergence.service.http.health.WebhookMeters;
import dev.convergence.testkit.TestPostgres;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The metrics of the engine that the page names are those that there are.
class MetricsPageTest {

    private static final String PAGE = "docs/operating.md";

    @Test
    void the_metrics_are_those_that_there_are() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Database nowhere = new Database(TestPostgres.dataSource(TestPostgres.freshDatabase()));
        new EngineMeters(registry, new PipelineMeters(registry), "test");
        new NodeMeters(() -> 0, () -> 0, new HikariDataSource(), new Partitions(nowhere), registry);
        new QueueMeters(new Queue(nowhere, new Bell(nowhere)), registry);
        new SuccessMeters(new PipelineConfigs(nowhere), registry);
        new WebhookMeters(new Deliveries(nowhere), registry);
        new NotificationMeters(
                new History(nowhere, (_, _, _, _) -> new Composer.Composed("", new byte[0])),
                registry);

        Set<String> documented =
                new TreeSet<>(
                        Pages.found(
                                Pages.section(PAGE, "## Metrics"),
                                "`((?:convergence|engine|notification|queue|quota|schedule|webhook)_\\w+)(?:\\{(?!tenant_id)[\\w,]+\\})?`"));

        assertThat(documented).isEqualTo(names(registry.scrape()));
    }

    private static Set<String> names(String scraped) {
        Set<String> names = new TreeSet<>(Pages.found(scraped, "(?m)^# TYPE (\\w+) "));
        names.removeIf(name -> name.endsWith("_max"));
        return names;
    }
}
