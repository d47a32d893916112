package dev.convergence.steps.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.error.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCourierTest {

    private static final HttpCourier.Patience SHORT =
            new HttpCourier.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final HttpCourier.Patience LONG =
            new HttpCourier.Patience(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final byte[] BODY = "{\"a\":\"ä\"}".getBytes(StandardCharsets.UTF_8);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> host = new AtomicReference<>("");
    private final AtomicReference<String> type = new AtomicReference<>("");
    private final AtomicReference<byte[]> received = new AtomicReference<>(new byte[0]);
    private final HttpCourier open = new HttpCourier(new AddressGuard(true), LONG);
    private final HttpCourier strict = new HttpCourier(new AddressGuard(false), LONG);
    private final HttpServer server;

    HttpCourierTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext("/ok", exchange -> answer(exchange, 200, "thanks\u0000!"));
        server.createContext("/busy", this::busy);
        server.createContext("/moved", this::moved);
        server.createContext("/endless", this::endless);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        open.close();
        strict.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void the_bytes_and_headers_arrive_as_given() {
        Reply reply = open.post(url("/ok"), Map.of("X-Run-ID", "r1"), BODY);

        assertThat(reply).isEqualTo(new Reply.Answered(200, null, "thanks !"));
        assertThat(received.get()).isEqualTo(BODY);
        assertThat(type).hasValue("application/json");
        assertThat(host).hasValue("127.0.0.1:" + port());
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() {
        assertThat(open.post(url("/moved"), Map.of(), BODY))
                .isInstanceOfSatisfying(
                        Reply.Answered.class, answer -> assertThat(answer.status()).isEqualTo(302));
        assertThat(requests).hasValue(1);
    }

    @Test
    void a_wish_to_wait_is_passed_on() {
        assertThat(open.post(url("/busy"), Map.of(), BODY))
                .isEqualTo(new Reply.Answered(503, "7", ""));
    }

    @Test
    void of_an_endless_answer_only_the_beginning_is_read_and_its_end_not_waited_for() {
        long began = System.nanoTime();

        assertThat(open.post(url("/endless"), Map.of(), BODY))
                .isInstanceOfSatisfying(
                        Reply.Answered.class,
                        answer -> assertThat(answer.excerpt()).hasSize(1_024));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG.whole());
    }

    @Test
    void a_receiver_that_says_nothing_is_not_waited_for_for_ever() throws IOException {
        try (var silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpCourier hasty = new HttpCourier(new AddressGuard(true), SHORT)) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            assertThat(hasty.post(url, Map.of(), BODY))
                    .isInstanceOfSatisfying(
                            Reply.Unreachable.class,
                            nobody -> assertThat(nobody.error()).contains("longer than 1 seconds"));
        }
    }

    @Test
    void nobody_there_is_an_ending_too() throws IOException {
        int free;
        try (var socket = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(open.post("http://127.0.0.1:" + free + "/", Map.of(), BODY))
                .isInstanceOf(Reply.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "http://10.0.0.1/",
                "http://100.64.1.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "http://224.0.0.1/",
                "http://0.0.0.0/",
                "http://2130706433/",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https://user:pw@example.com/",
                "https://8.8.8.8:22/",
                "https://8.8.8.8:0/",
                "https://8.8.8.8:65536/",
                "https:///nowhere",
                "not a url",
                ""
            })
    void what_must_not_be_reached_is_refused_before_and_at_sending(String url) {
        assertThatThrownBy(() -> strict.check(url)).isInstanceOf(EngineException.class);
        assertThat(strict.post(url, Map.of(), BODY)).isInstanceOf(Reply.Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://8.8.8.8/", "http://8.8.8.8:8080/x?y=z", "https://nobody.invalid/"})
    void what_is_public_or_leads_nowhere_yet_may_be_an_endpoint(String url) {
        strict.check(url);
    }

    @Test
    void a_private_address_opens_only_with_the_setting_and_metadata_never() {
        open.check(url("/ok"));
        assertThatThrownBy(() -> open.check("http://169.254.169.254/"))
                .isInstanceOf(EngineException.class);
        assertThat(strict.post(url("/ok"), Map.of(), BODY)).isInstanceOf(Reply.Unreachable.class);
        assertThat(requests).hasValue(0);
    }

    /// The name was public when the endpoint was made, and leads home when it is to be reached.
    @Test
    void a_name_that_leads_elsewhere_since_is_refused() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AddressGuard guard =
                new AddressGuard(
                        false,
                        _ -> address(asked.incrementAndGet() == 1 ? "8.8.8.8" : "127.0.0.1"));
        try (HttpCourier courier = new HttpCourier(guard, LONG)) {
            String url = "http://rebinding.example:" + port() + "/ok";
            courier.check(url);

            assertThat(courier.post(url, Map.of(), BODY)).isInstanceOf(Reply.Unreachable.class);
        }
        assertThat(requests).hasValue(0);
    }

    /// It connects to the address that was checked, and does not look again.
    @Test
    void the_checked_address_is_the_one_that_is_reached_under_its_name() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        AddressGuard guard =
                new AddressGuard(
                        true,
                        _ -> address(asked.incrementAndGet() == 1 ? "127.0.0.1" : "203.0.113.1"));
        try (HttpCourier courier = new HttpCourier(guard, LONG)) {
            assertThat(courier.post("http://hook.example:" + port() + "/ok", Map.of(), BODY))
                    .isInstanceOf(Reply.Answered.class);
        }
        assertThat(asked).hasValue(1);
        assertThat(host).hasValue("hook.example:" + port());
    }

    private static InetAddress[] address(String literal) throws UnknownHostException {
        return new InetAddress[] {InetAddress.ofLiteral(literal)};
    }

    private void busy(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", "7");
        answer(exchange, 503, "");
    }

    private void moved(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", url("/ok"));
        answer(exchange, 302, "");
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            byte[] line = "a".repeat(1_000).getBytes(StandardCharsets.UTF_8);
            while (true) {
                out.write(line);
                out.flush();
            }
        } catch (IOException brokenOff) {
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        requests.incrementAndGet();
        host.set(exchange.getRequestHeaders().getFirst("Host"));
        type.set(exchange.getRequestHeaders().getFirst("Content-Type"));
        received.set(exchange.getRequestBody().readAllBytes());
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }
}
