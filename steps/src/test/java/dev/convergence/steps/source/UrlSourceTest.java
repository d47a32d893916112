package dev.convergence.steps.source;

import static dev.convergence.steps.LoadFixture.assertDone;
import static dev.convergence.steps.LoadFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.convergence.engine.step.StepOutcome;
import dev.convergence.steps.LoadFixture;
import dev.convergence.steps.LoadFixture.Bill;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlSourceTest {

    private static final String FINDING =
            """
            {"finding":{"name":"f1","parent":"organizations/1/sources/2","category":"OPEN_FIREWALL",\
            "severity":"HIGH","state":"ACTIVE","eventTime":"2026-11-20T00:00:00Z"}}
            """;

    @TempDir Path directory;
    private LoadFixture fixture;
    private HttpServer server;

    @BeforeEach
    void set_up() throws IOException {
        fixture = new LoadFixture(directory);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_file_behind_a_url_is_loaded_and_its_lineage_holds_no_signature() throws Exception {
        serve("/findings.jsonl", 200, FINDING.getBytes(StandardCharsets.UTF_8));

        assertDone(load(url("/findings.jsonl?signature=secret#part")));

        assertThat(fixture.rows("SELECT finding_id, x_source_file FROM findings"))
                .isEqualTo(List.of(List.of("f1", url("/findings.jsonl"))));
        assertThat(fixture.log.toString()).doesNotContain("secret");
    }

    @Test
    void the_bytes_tell_the_format_when_the_path_does_not() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(FINDING.getBytes(StandardCharsets.UTF_8));
        }
        serve("/export", 200, packed.toByteArray());

        assertDone(load(url("/export")));

        assertThat(fixture.rows("SELECT count(*) FROM findings")).isEqualTo(List.of(List.of("1")));
    }

    @Test
    void the_address_is_needed_and_must_be_one_that_may_be_reached() {
        assertThat(failure(load(" "))).startsWith("url: ");
        assertThat(failure(load("file:///etc/hostname"))).startsWith("url: ");
        assertThat(failure(load("http://me:secret@127.0.0.1/"))).doesNotContain("secret");
        assertThat(failure(load("http://169.254.169.254/latest"))).startsWith("url: ");
    }

    @Test
    void only_a_server_in_trouble_is_worth_another_attempt() {
        serve("/busy", 503, new byte[0]);
        serve("/gone", 404, new byte[0]);

        assertThat(load(url("/busy")))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.retryable()).isTrue());
        assertThat(load(url("/gone")))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.retryable()).isFalse());
    }

    private StepOutcome load(String url) {
        return fixture.load(Bill.FINDINGS, Map.of("source", "http", "url", url));
    }

    private void serve(String path, int status, byte[] body) {
        server.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    try (exchange;
                            var out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }
}
