package dev.convergence.service.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the dashboard shows and the alerts watch is there, and each alert has a page.
class ObservabilityTest {

    private static final String DASHBOARD = "docs/observability/dashboard.json";
    private static final String ALERTS = "docs/observability/alerts.yml";
    private static final String METRIC =
            "\\b((?:convergence|engine|notification|webhook|audit|database|queue|schedule|quota|http"
                    + "|jvm)_[a-z_]+)\\b";

    @Test
    void every_metric_of_the_dashboard_and_the_alerts_is_told_by_a_running_server(
            @TempDir Path folder) throws IOException, InterruptedException {
        String metrics = metrics(folder);
        Set<String> told = new TreeSet<>(Pages.found(metrics, "(?m)^(\\w+)(?:\\{| )"));
        Set<String> asked = new TreeSet<>();
        for (String file : Set.of(DASHBOARD, ALERTS)) {
            for (String expression : Pages.found(text(file), "\"?expr\"?: (.*)")) {
                asked.addAll(Pages.found(expression, METRIC));
            }
        }

        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(told).containsAll(asked);
    }

    @Test
    void every_alert_has_its_runbook_and_every_runbook_its_alert() throws IOException {
        String alerts = text(ALERTS);
        Set<String> names = new TreeSet<>(Pages.found(alerts, "- alert: (\\w+)"));
        Set<String> pages = new TreeSet<>(Pages.found(alerts, "runbook_url: (\\S+)"));
        assertThat(names).hasSize(pages.size()).hasSizeGreaterThan(9);
        Set<String> titles = new TreeSet<>();
        for (String page : pages) {
            titles.addAll(Pages.found(text(page), "(?m)^# (\\w+)$"));
        }
        assertThat(titles).isEqualTo(names);
        assertThat(Pages.found(text("docs/runbooks/README.md"), "\\[(Convergence\\w+)]"))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private static String text(String file) throws IOException {
        return Files.readString(Pages.root().resolve(file));
    }

    private static String metrics(Path folder) throws IOException, InterruptedException {
        try (dev.convergence.service.RunningServer server =
                        dev.convergence.service.RunningServer.start(folder, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            URI health = server.address().resolve("/health");
            client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
            URI metrics = server.address().resolve("/metrics");
            return client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
