package dev.convergence.service.e2e;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces as a collector gets them: OTLP over HTTP.
class TracesTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void a_call_its_run_and_its_steps_have_spans_and_the_run_leads_back_to_the_call(
            @TempDir Path folder) throws IOException {
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        HttpServer collector =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    sent.add(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
        Map<String, String> changes =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "OTEL_BSP_SCHEDULE_DELAY", "100");
        try (RunningServer server = RunningServer.start(folder, changes)) {
            House house = new House(server);
            Caller acme =
                    house.onboard("traced", "SCALE")
                            .with("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
            house.run(acme, "traced/system/diagnostics/probe", Map.of("duration_ms", 1000));
            eventually(
                    "the run's span is there",
                    SOON,
                    () -> text(sent).contains("run traced-system"));

            assertThat(text(sent))
                    .contains("POST /api/v1/pipelines/run/{tenant_id}")
                    .contains("step probe")
                    .contains("convergence.run_id");
            byte[] run =
                    sent.stream()
                            .filter(batch -> text(List.of(batch)).contains("run traced-system"))
                            .findFirst()
                            .orElseThrow();
            assertThat(HexFormat.of().formatHex(run)).contains(TRACE);
        } finally {
            collector.stop(0);
        }
    }

    /// Names stand in the message as they are.
    private static String text(List<byte[]> batches) {
        StringBuilder text = new StringBuilder();
        batches.forEach(batch -> text.append(new String(batch, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }
}
