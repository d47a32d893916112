package dev.convergence.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/// Does once what people do often, against a server of its own, so that the JVM can keep what it
/// loaded for that: the launcher's way to fast starts.
@Command(name = "__train", hidden = true, description = "Prepares fast starts.")
final class TrainCommand extends Noun implements Runnable {

    private static final List<List<String>> OFTEN =
            List.of(
                    List.of("config", "set-context", "training", "--tenant", "acme"),
                    List.of("config", "get-contexts"),
                    List.of("run", "list"),
                    List.of("run", "show", "x", "-o", "yaml"),
                    List.of("job", "list", "-o", "json"),
                    List.of("pipeline", "create", "a/b/c", "--cron", "@daily", "-p", "x=1"),
                    List.of("sql", "SELECT 1", "-o", "csv"),
                    List.of("run", "start", "--help"),
                    List.of("--help"),
                    List.of("--version"),
                    List.of("__complete", "--", "run", "show", ""));
    private static final byte[] ANSWER =
            "{\"runs\": [{\"run_id\": \"1\", \"cost\": 1.50}], \"columns\": [], \"rows\": []}"
                    .getBytes(StandardCharsets.UTF_8);

    @Override
    public void run() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", TrainCommand::answer);
            server.start();
            Map<String, String> environment = new HashMap<>(session().machine().environment());
            environment.put(
                    "CONVERGENCE_SERVER", "http://127.0.0.1:" + server.getAddress().getPort());
            environment.put("CONVERGENCE_API_KEY", "acme_api_training");
            Machine own = session().machine().with(environment);
            OFTEN.forEach(words -> Main.run(own, words.toArray(String[]::new)));
            server.stop(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }
}
