package dev.convergence.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.service.http.Wire.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class OtherSettingsTest {

    @Test
    void without_operator_keys_operator_routes_are_503_and_without_limits_nothing_is_429() {
        try (ConfigurableApplicationContext server =
                PlatformServer.start("sample.admin-keys=false", "sample.rate-limit=false")) {
            int port = PlatformServer.port(server);
            get(port, "/api/v1/operator").isProblem(503, "SERVICE_UNAVAILABLE");
            get(port, "/api/v1/operator", "X-Admin-Key", PlatformServer.ADMIN)
                    .isProblem(503, "SERVICE_UNAVAILABLE");
            for (int i = 0; i < 60; i++) {
                String[] key = {"X-API-Key", "busy_runner"};
                Answer answer =
                        Wire.sendTo(
                                port,
                                "POST",
                                "/api/v1/pipelines/run/x",
                                BodyPublishers.noBody(),
                                key);
                assertThat(answer.status()).isEqualTo(200);
            }
        }
    }

    private static Answer get(int port, String path, String... headers) {
        return Wire.sendTo(port, "GET", path, BodyPublishers.noBody(), headers);
    }
}
