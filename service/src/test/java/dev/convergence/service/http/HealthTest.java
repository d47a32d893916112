package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Wire.Answer;
import dev.convergence.service.http.health.PipelineMeters;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {

    @Test
    void the_root_says_what_this_is() {
        Answer answer = Wire.get("/");
        assertThat(answer.get("version")).isEqualTo("1.2.3");
        assertThat(answer.get("docs")).isEqualTo("/docs");
        assertThat(answer.get("message")).isNotBlank();
    }

    @Test
    void a_working_node_is_healthy_alive_and_ready() {
        assertThat(Wire.get("/health").get("status")).isEqualTo("healthy");
        assertThat(Wire.get("/health").get("environment")).isEqualTo("test");
        assertThat(Wire.get("/health/live").get("status")).isEqualTo("alive");
        Answer ready = Wire.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.get("status")).isEqualTo("ready");
        assertThat(ready.json().at("/checks/database").asString()).isEqualTo("ok");
        assertThat(ready.json().at("/checks/shutdown").asString()).isEqualTo("ok");
    }

    @Test
    void metrics_are_prometheus_text_with_the_promised_names() {
        PipelineMeters meters = PlatformServer.bean(PipelineMeters.class);
        TenantId acme = new TenantId("acme_corp");
        meters.finished(acme, "acme_corp-gcp-cost-x", "COMPLETED", Duration.ofSeconds(7));
        meters.active(acme, 2);
        meters.quotaUtilization(acme, "DAILY", 0.5);
        Answer answer = Wire.get("/metrics");
        assertThat(answer.header("content-type")).startsWith("text/plain").contains("0.0.4");
        assertThat(answer.text())
                .contains(
                        "pipeline_executions_total{pipeline_id=\"acme_corp-gcp-cost-x\","
                                + "status=\"COMPLETED\",tenant_id=\"acme_corp\"} 1.0")
                .contains("pipeline_duration_seconds_bucket{")
                .contains("le=\"3600.0\"")
                .contains("active_pipelines{tenant_id=\"acme_corp\"} 2.0")
                .contains("quota_utilization{quota_type=\"DAILY\",tenant_id=\"acme_corp\"} 0.5");
    }
}
