package dev.convergence.steps.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that answers each path, and each page of it, as it was told to, and remembers what it
/// was asked.
final class FakeVendor implements AutoCloseable {

    final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    record Answer(int status, Map<String, String> headers, String body) {}

    FakeVendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    void say(String path, int status, String body, Map<String, String> headers) {
        answers.put(path, List.of(new Answer(status, headers, body)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        var headers = exchange.getRequestHeaders();
        String key = headers.getFirst("x-api-key");
        asked.add(
                URLDecoder.decode(uri.toString(), StandardCharsets.UTF_8)
                        + " "
                        + (key == null
                                ? headers.getFirst("Authorization")
                                : "key " + key + " " + headers.getFirst("anthropic-version")));
        String query = String.valueOf(uri.getQuery());
        String path =
                uri.getPath()
                        + (query.contains("page=")
                                ? "?page=" + query.replaceFirst(".*page=", "")
                                : "");
        List<Answer> all = answers.getOrDefault(path, List.of(new Answer(500, Map.of(), "{}")));
        Answer answer = all.size() > 1 ? all.removeFirst() : all.getFirst();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
