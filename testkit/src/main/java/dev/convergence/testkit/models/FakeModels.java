package dev.convergence.testkit.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.convergence.testkit.models.Turn.Refuses;
import dev.convergence.testkit.models.Vendor.Stop;
import dev.convergence.testkit.models.Vendor.Wrong;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// All vendors of models on one port.
///
/// A request that is not of its vendor's form is refused as that vendor would.
public final class FakeModels implements AutoCloseable {

    public static final String KEY = "key-of-the-operator-that-nobody-may-see";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Vendor, Queue<Turn>> turns = new ConcurrentHashMap<>();
    private final Map<Vendor, Turn> otherwise = new ConcurrentHashMap<>();
    private final Map<Vendor, List<SeenRequest>> seen = new ConcurrentHashMap<>();
    private final Map<Vendor, UnderWay> underWay = new ConcurrentHashMap<>();
    private final FakeAgent agent = new FakeAgent();

    private FakeModels(HttpServer server) {
        this.server = server;
        for (Vendor vendor : Vendor.values()) {
            turns.put(vendor, new ConcurrentLinkedQueue<>());
            otherwise.put(vendor, Refuses.with(500, "Nobody told me what to say."));
            seen.put(vendor, new CopyOnWriteArrayList<>());
            underWay.put(vendor, new UnderWay());
        }
    }

    public static FakeModels start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            FakeModels models = new FakeModels(server);
            server.setExecutor(models.threads);
            server.createContext("/", models::serve);
            server.start();
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What it does from now on, once the turns are used up.
    public void always(Vendor vendor, Turn turn) {
        otherwise.put(vendor, turn);
    }

    /// What it does next.
    public void next(Vendor vendor, Turn... next) {
        of(turns, vendor).addAll(Arrays.asList(next));
    }

    public List<SeenRequest> seen(Vendor vendor) {
        return List.copyOf(of(seen, vendor));
    }

    /// Of how many requests it ever had to do at once; those whose callers had hung up do not
    /// count.
    public int mostAtOnce(Vendor vendor) {
        return of(underWay, vendor).most();
    }

    /// The research agent of Gemini's vendor.
    public FakeAgent agent() {
        return agent;
    }

    public URI base(Vendor vendor) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + vendor.base());
    }

    /// The variables by which a server finds them.
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (Vendor vendor : Vendor.values()) {
            environment.put(vendor + "_BASE_URL", base(vendor).toString());
            if (vendor != Vendor.OLLAMA) {
                environment.put(vendor + "_API_KEY", KEY);
            }
        }
        return environment;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            SeenRequest request = request(exchange);
            Optional<Vendor> vendor =
                    Arrays.stream(Vendor.values())
                            .filter(one -> one.isAskedBy(request.path()))
                            .findFirst();
            if (vendor.isPresent()) {
                counted(vendor.get(), request, exchange);
            } else if (request.path().startsWith(Vendor.GEMINI.base() + FakeAgent.ROUTE)) {
                send(exchange, 200, Map.of(), JSON.writeValueAsString(agent.answer(request)));
            } else {
                send(exchange, 404, Map.of(), "404 page not found");
            }
        }
    }

    private static SeenRequest request(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        return new SeenRequest(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, json);
    }

    private void counted(Vendor vendor, SeenRequest request, HttpExchange exchange)
            throws IOException {
        Optional<Wrong> wrong = vendor.wrongWith(request);
        Turn next = of(turns, vendor).poll();
        Turn turn =
                wrong.<Turn>map(error -> Refuses.with(error.status(), error.message()))
                        .orElse(next == null ? of(otherwise, vendor) : next);
        Object work =
                turn instanceof Turn.Drips drips ? new Drip(exchange, drips.hungUp()) : exchange;
        of(underWay, vendor).begin(work);
        // Last, so that whoever sees it may tell the model something else.
        of(seen, vendor).add(request);
        try {
            work(turn, work);
        } finally {
            // Before the answer is sent: whoever has it may ask again at once.
            of(underWay, vendor).end(work);
        }
        answer(turn, vendor, vendor.model(request), exchange);
    }

    private static void work(Turn turn, Object work) {
        if (turn instanceof Turn.Waits waits) {
            await(waits);
        } else if (work instanceof Drip drip) {
            drip.untilHungUp();
        }
    }

    private static void await(Turn.Waits waits) {
        try {
            waits.until().await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Turn turn, Vendor vendor, String model, HttpExchange exchange)
            throws IOException {
        switch (turn) {
            case Turn.Says says -> text(exchange, vendor.text(says.text(), Stop.END, model));
            case Turn.Waits waits -> text(exchange, vendor.text(waits.text(), Stop.END, model));
            case Turn.IsCutShort cut -> text(exchange, vendor.text(cut.text(), Stop.CUT, model));
            case Turn.Declines _ -> text(exchange, vendor.text("", Stop.DECLINED, model));
            case Refuses refuses ->
                    send(
                            exchange,
                            refuses.status(),
                            refuses.headers(),
                            JSON.writeValueAsString(
                                    vendor.error(refuses.status(), refuses.message())));
            case Turn.Sends sends -> send(exchange, sends.status(), Map.of(), sends.body());
            case Turn.Drips _ -> {}
        }
    }

    private static void text(HttpExchange exchange, Object answer) throws IOException {
        send(exchange, 200, Map.of(), JSON.writeValueAsString(answer));
    }

    private static void send(
            HttpExchange exchange, int status, Map<String, String> headers, String body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static <T> T of(Map<Vendor, T> map, Vendor vendor) {
        return Objects.requireNonNull(map.get(vendor));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
