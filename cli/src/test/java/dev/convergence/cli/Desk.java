package dev.convergence.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Somebody at a shell, and a server that answers what the test says and notes what it was asked.
final class Desk implements AutoCloseable {

    record Said(int status, String body) {}

    final List<String> asked = new ArrayList<>();
    final Map<String, String> environment = new HashMap<>();
    private final HttpServer server;
    private final Deque<Said> next = new ArrayDeque<>();
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private Said usual = new Said(200, "{}");
    private String input = "";
    private Terminal terminal = Terminal.NONE;
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    Desk(Path home) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("CONVERGENCE_SERVER", address());
        environment.put("CONVERGENCE_API_KEY", "acme_corp_api_k");
        environment.put("ADMIN_API_KEY", "op,older");
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Desk answers(String body) {
        usual = new Said(200, body);
        return this;
    }

    Desk refuses(int status, String body) {
        usual = new Said(status, body);
        return this;
    }

    /// These one after the other, then the usual answer.
    Desk answersFirst(String... bodies) {
        for (String body : bodies) {
            next.add(new Said(200, body));
        }
        return this;
    }

    Desk types(String text) {
        input = text;
        return this;
    }

    Desk at(Terminal window) {
        terminal = window;
        return this;
    }

    int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        Machine machine =
                new Machine(
                        environment,
                        new BufferedReader(new StringReader(input)),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        terminal,
                        () -> now,
                        this::pass);
        return Main.run(machine, arguments);
    }

    private void pass(Duration pause) {
        now = now.plus(pause);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(
                exchange.getRequestMethod()
                        + " "
                        + exchange.getRequestURI()
                        + who(exchange)
                        + (body.isEmpty() ? "" : " " + body));
        Said said = next.isEmpty() ? usual : next.remove();
        byte[] bytes = said.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String who(HttpExchange exchange) {
        String admin = exchange.getRequestHeaders().getFirst("X-Admin-Key");
        String tenant = exchange.getRequestHeaders().getFirst("X-API-Key");
        return (admin == null ? "" : " admin=" + admin)
                + (tenant == null ? "" : " tenant=" + tenant);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
