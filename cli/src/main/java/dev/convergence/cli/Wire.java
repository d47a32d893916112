package dev.convergence.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The asking itself.
///
/// @param log where each request is noted, or null
record Wire(Target.Value server, @Nullable PrintWriter log) {

    private static final Duration ANSWER = Duration.ofMinutes(6);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// @param body JSON, or null for none
    Answer send(String method, String path, Optional<Key> key, @Nullable String body) {
        return answer(exchange(method, path, key, body));
    }

    /// What is not JSON.
    Reply bytes(String path, Optional<Key> key) {
        return exchange("GET", path, key, null);
    }

    Answer answer(Reply reply) {
        return new Answer(reply, reply.text(), server.text());
    }

    private Reply exchange(String method, String path, Optional<Key> key, @Nullable String body) {
        Map<String, String> headers = new HashMap<>();
        key.ifPresent(held -> headers.put(held.kind().header, held.secret()));
        if (body != null) {
            headers.put("Content-Type", "application/json");
        }
        Request request = new Request(method, address(path), headers, body);
        long start = System.nanoTime();
        try {
            Reply reply =
                    request.isPatch()
                            ? Patches.exchange(request, CONNECT, ANSWER)
                            : Connections.exchange(request, CONNECT, ANSWER);
            note(request, reply, Duration.ofNanos(System.nanoTime() - start));
            return reply;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private URI address(String path) {
        try {
            URI address = URI.create(server.text() + path);
            String scheme = address.getScheme();
            if (address.getHost() != null
                    && ("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // The sentence below says what an address is.
        }
        throw Failure.usage(
                server.text() + " is not the address of a server.",
                "It comes from " + server.source() + ". One is http://localhost:8080.");
    }

    private void note(Request request, Reply reply, Duration taken) {
        if (log != null) {
            log.printf(
                    "%s %s -> %d in %d ms, request %s%n",
                    request.method(),
                    request.uri(),
                    reply.status(),
                    taken.toMillis(),
                    reply.header("X-Request-ID").orElse("-"));
        }
    }

    private Failure unreachable(IOException e) {
        String why =
                switch (e) {
                    case SocketTimeoutException _ -> "nothing came in time";
                    case HttpTimeoutException _ -> "nothing came in time";
                    case ConnectException _ -> UNHEARD;
                    case UnknownHostException _ -> UNHEARD;
                    case NoRouteToHostException _ -> UNHEARD;
                    default -> "the connection broke";
                };
        return new Failure(
                Exit.UNREACHABLE,
                "No answer from " + server.text() + ": " + why + ".",
                "The address comes from " + server.source() + ".",
                "Is the server running? Start one here: ./convergence serve",
                "Another address: --server, CONVERGENCE_SERVER, or convergence config set-context.",
                "What is wrong on this machine: convergence doctor");
    }

    private static final String UNHEARD = "nobody listens there, or it cannot be reached";
}
