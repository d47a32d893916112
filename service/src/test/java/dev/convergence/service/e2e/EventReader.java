package dev.convergence.service.e2e;

import dev.convergence.service.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads server-sent events as a client does that can go on from an id.
final class EventReader implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Event(String id, String name, JsonNode data) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpResponse<Stream<String>> answer;
    private final Iterator<String> lines;

    EventReader(RunningServer server, Caller caller, String path, @Nullable String lastId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.address().resolve("/api/v1" + path))
                        .timeout(Duration.ofSeconds(30))
                        .headers(caller.headers().toArray(String[]::new));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            answer = http.send(request.build(), BodyHandlers.ofLines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        lines = answer.body().iterator();
    }

    int status() {
        return answer.statusCode();
    }

    String type() {
        return answer.headers().firstValue("content-type").orElse("");
    }

    /// All events up to and with the first that is wanted; all there are when none is.
    List<Event> until(Predicate<Event> isWanted) {
        List<Event> events = new ArrayList<>();
        String id = "";
        String name = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                Event event = new Event(id, name, JSON.readTree(line.substring(6)));
                events.add(event);
                if (isWanted.test(event)) {
                    return events;
                }
            }
        }
        return events;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
