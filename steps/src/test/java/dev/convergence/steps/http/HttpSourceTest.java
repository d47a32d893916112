package dev.convergence.steps.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.steps.intake.ByteBudget;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpSourceTest {

    private static final HttpLimits LIMITS =
            new HttpLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    1_000,
                    3);

    @TempDir Path directory;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpSource source = new HttpSource(new AddressGuard(true), LIMITS);
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    HttpSourceTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        serve("/bill.csv", exchange -> answer(exchange, 200, "a,b\n1,2\n"));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        source.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_file_is_fetched_as_it_is() throws IOException {
        Path file = fetch("/bill.csv?signature=abc");

        assertThat(file).hasFileName("download.csv");
        assertThat(Files.readString(file)).isEqualTo("a,b\n1,2\n");
    }

    @Test
    void nothing_is_asked_of_a_private_host_while_the_guard_is_closed() throws IOException {
        try (HttpSource closed = new HttpSource(new AddressGuard(false), LIMITS)) {
            for (String host :
                    new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
                String url = "http://" + host + ":" + port() + "/bill.csv";
                assertThatThrownBy(() -> closed.fetch(url, directory, intake(NEVER)))
                        .isInstanceOf(EngineException.class)
                        .hasMessageStartingWith("url: ");
            }
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void the_address_that_was_checked_is_the_one_that_is_connected_to() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        AddressGuard guard =
                new AddressGuard(
                        true,
                        host -> {
                            String address =
                                    lookups.getAndIncrement() == 0 ? "127.0.0.1" : "8.8.8.8";
                            return new InetAddress[] {InetAddress.ofLiteral(address)};
                        });
        try (HttpSource pinned = new HttpSource(guard, LIMITS)) {
            pinned.fetch("http://bill.example:" + port() + "/bill.csv", directory, intake(NEVER));
        }
        assertThat(lookups).hasValue(1);
        assertThat(requests).hasValue(1);
    }

    @Test
    void redirects_are_followed_and_checked_at_each_hop() throws IOException {
        redirect("/there", "/bill.csv");
        redirect("/metadata", "http://169.254.169.254/latest");
        redirect("/file", "file:///etc/hostname");
        redirect("/login", "http://user:secret@127.0.0.1/");
        redirect("/circle", "/circle");

        assertThat(Files.readString(fetch("/there"))).startsWith("a,b");
        assertThat(refusal("/metadata").code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal("/file").code()).isEqualTo(ErrorCode.INVALID_FIELD);
        assertThat(refusal("/login").getMessage()).doesNotContain("secret");
        assertThat(refusal("/circle").getMessage()).contains("more than 3 times");
    }

    @Test
    void more_bytes_than_allowed_are_not_read_even_when_they_never_end() {
        serve("/endless.csv", exchange -> endless(exchange, 200));
        serve(
                "/endless",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "/bill.csv");
                    endless(exchange, 302);
                });

        assertThat(refusal("/endless.csv").getMessage()).contains("more than 1000 bytes");
        assertThat(fetch("/endless")).isNotEmptyFile();
    }

    @Test
    void a_server_that_refuses_is_final_and_one_that_is_down_may_be_tried_again() {
        serve("/forbidden", exchange -> answer(exchange, 403, "no"));
        serve("/down", exchange -> answer(exchange, 503, "later"));
        serve("/busy", exchange -> answer(exchange, 429, "later"));

        assertThat(refusal("/forbidden?key=secret").code()).isEqualTo(ErrorCode.EXTERNAL_API_ERROR);
        assertThat(refusal("/forbidden?key=secret").getMessage()).doesNotContain("secret");
        assertThat(refusal("/down").code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(refusal("/busy").code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    }

    @Test
    void the_time_limit_holds_while_headers_come_byte_by_byte() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Future<?> drip = threads.submit(() -> drip(slow, asked));
            String url = "http://127.0.0.1:" + slow.getLocalPort() + "/bill.csv";

            // On a busy machine a short limit may pass before there is a connection to cut off.
            for (long limit = 300; asked.getCount() > 0; limit *= 2) {
                is_too_slow(url, Duration.ofMillis(limit));
            }
            drip.get(60, TimeUnit.SECONDS);
        }
    }

    private void is_too_slow(String url, Duration limit) throws IOException {
        HttpLimits hasty = new HttpLimits(LIMITS.connect(), LIMITS.silence(), limit, 1_000, 3);
        try (HttpSource impatient = new HttpSource(new AddressGuard(true), hasty)) {
            assertThatThrownBy(() -> impatient.fetch(url, directory, intake(NEVER)))
                    .hasMessageContaining("takes longer than")
                    .extracting(e -> ((EngineException) e).code())
                    .isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        }
    }

    /// Sends a header that does not end, until the other side is gone.
    private static void drip(ServerSocket slow, CountDownLatch asked) {
        try (Socket socket = slow.accept();
                OutputStream out = socket.getOutputStream()) {
            asked.countDown();
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(50);
            while (isOpen(socket)) {
                out.write('a');
                out.flush();
            }
        } catch (IOException gone) {
            assertThat(gone).isNotNull();
        }
    }

    /// Waits a little for the other side to close.
    private static boolean isOpen(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silence) {
            return true;
        }
    }

    @Test
    void a_cancelled_run_stops_a_download_that_never_ends() throws IOException {
        AtomicReference<Runnable> interrupt = new AtomicReference<>(() -> {});
        Switch cancellation = new Switch(interrupt);
        serve(
                "/endless.csv",
                exchange -> {
                    cancellation.requested = true;
                    interrupt.get().run();
                    endless(exchange, 200);
                });
        HttpLimits patient =
                new HttpLimits(
                        LIMITS.connect(),
                        LIMITS.silence(),
                        Duration.ofMinutes(5),
                        Long.MAX_VALUE,
                        3);
        try (HttpSource endless = new HttpSource(new AddressGuard(true), patient)) {
            assertThatThrownBy(() ->
                            endless.fetch(url("/endless.csv"), directory, intake(cancellation)))
                    .isInstanceOf(CancelledException.class);
        }
    }

    @Test
    void a_file_larger_than_what_the_run_may_still_read_is_refused() {
        Intake nearlyFull = new Intake(NEVER, new ByteBudget(7));

        assertThatThrownBy(() -> source.fetch(url("/bill.csv"), directory, nearlyFull))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("one run reads at most 7 bytes");
    }

    private static Intake intake(Cancellation cancellation) {
        return new Intake(cancellation, new ByteBudget(Long.MAX_VALUE));
    }

    private static final class Switch implements Cancellation {
        private final AtomicReference<Runnable> interrupt;
        private volatile boolean requested;

        private Switch(AtomicReference<Runnable> interrupt) {
            this.interrupt = interrupt;
        }

        @Override
        public boolean isRequested() {
            return requested;
        }

        @Override
        public Registration onRequest(Runnable work) {
            interrupt.set(work);
            return () -> interrupt.set(() -> {});
        }
    }

    private static final Cancellation NEVER = new Switch(new AtomicReference<>(() -> {}));

    private void serve(String path, HttpHandler handler) {
        server.createContext(
                path,
                exchange -> {
                    requests.incrementAndGet();
                    handler.handle(exchange);
                });
    }

    private void redirect(String path, String target) {
        serve(
                path,
                exchange -> {
                    exchange.getResponseHeaders().add("Location", target);
                    answer(exchange, 302, "elsewhere");
                });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.sendResponseHeaders(status, body.length());
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static void endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] line = "1,2\n".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write(line);
            }
        }
    }

    private EngineException refusal(String path) {
        return catchThrowableOfType(EngineException.class, () -> fetch(path));
    }

    private Path fetch(String path) {
        return source.fetch(url(path), directory, intake(NEVER));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private int port() {
        return server.getAddress().getPort();
    }
}
