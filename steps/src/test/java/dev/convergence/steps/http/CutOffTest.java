package dev.convergence.steps.http;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.convergence.engine.step.CancelledException;
import dev.convergence.steps.generation.model.StopButton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A call is cut off at each moment of its life, of which some are short.
class CutOffTest {

    private static final int CALLS = 400;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ApiClient client = new ApiClient(InstantSource.system());
    private final HttpServer server;

    CutOffTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(204, -1);
                    }
                });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_call_whose_time_ends_at_any_moment_is_answered_or_too_slow() {
        for (int call = 0; call < CALLS; call++) {
            Deadline deadline = Deadline.in(Duration.ofNanos(call * 5_000L));
            assertThat(client.send(aCall(), deadline, new StopButton()))
                    .isInstanceOfAny(ApiReply.Answered.class, ApiReply.TooSlow.class);
        }
    }

    @Test
    void a_call_that_was_cancelled_before_is_not_made() {
        StopButton pressed = new StopButton();
        pressed.press();

        assertThatThrownBy(() -> client.send(aCall(), Deadline.in(LONG), pressed))
                .isInstanceOf(CancelledException.class);
    }

    @Test
    void whoever_cuts_a_call_off_that_another_one_is_cutting_off_waits_for_it() throws Exception {
        HttpGet request = new HttpGet("http://127.0.0.1/");
        CompletableFuture<Void> mayClose = new CompletableFuture<>();
        CountDownLatch cutting = new CountDownLatch(1);
        Queue<String> order = new ConcurrentLinkedQueue<>();
        request.setDependency(() -> {
            cutting.countDown();
            mayClose.join();
            order.add("closed");
            return true;
        });
        Thread canceller = Thread.ofPlatform().start(() -> CutOff.cut(request));
        cutting.await();
        Thread caller =
                Thread.ofPlatform()
                        .start(() -> {
                            CutOff.cut(request);
                            order.add("gone on");
                        });
        eventually("it waits", LONG, () -> caller.getState() == Thread.State.BLOCKED);

        mayClose.complete(null);
        canceller.join();
        caller.join();

        assertThat(order).containsExactly("closed", "gone on");
    }

    private ApiCall aCall() {
        int port = server.getAddress().getPort();
        return ApiCall.get(URI.create("http://127.0.0.1:" + port + "/"), Map.of());
    }
}
