package dev.convergence.service.http.live;

import dev.convergence.engine.error.EngineException;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.problem.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Writes a watcher's events as `text/event-stream` until either side ends it.
///
/// The request's own thread waits here, which costs nothing: it is a virtual one. A key that was
/// revoked meanwhile, or a session that is over, ends the stream at the next check.
final class EventWriter {

    static final String MEDIA_TYPE = "text/event-stream";

    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final String RETRY = "retry: 1000\n\n";
    private static final String HEARTBEAT = ": still here\n\n";

    private final JsonMapper json;
    private final InstantSource clock;

    EventWriter(JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    void write(Watcher watcher, HttpServletRequest request, HttpServletResponse response)
            throws InterruptedException {
        response.setContentType(MEDIA_TYPE + ";charset=utf-8");
        response.setHeader("X-Accel-Buffering", "no");
        try {
            OutputStream out = response.getOutputStream();
            send(out, RETRY);
            out.flush();
            follow(watcher, request, out);
        } catch (IOException gone) {
            // The client has closed the connection, as every client does some day.
            watcher.end();
        }
    }

    private void follow(Watcher watcher, HttpServletRequest request, OutputStream out)
            throws IOException, InterruptedException {
        Instant checked = clock.instant();
        while (!watcher.isOver() || watcher.hasMore()) {
            Optional<Event> event = watcher.next(watcher.isOver() ? Duration.ZERO : BEAT);
            send(out, event.map(this::text).orElse(HEARTBEAT));
            if (!watcher.hasMore()) {
                out.flush();
            }
            Instant now = clock.instant();
            if (Duration.between(checked, now).compareTo(BEAT) >= 0) {
                if (!isStillAllowed(request)) {
                    return;
                }
                checked = now;
            }
        }
    }

    private static boolean isStillAllowed(HttpServletRequest request) {
        try {
            Callers.checkAgain(request);
            return true;
        } catch (EngineException | RefusedException refused) {
            return false;
        }
    }

    /// JSON has no line breaks of its own, so an event is three lines.
    private String text(Event event) {
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(event.id(), event.name(), json.writeValueAsString(event.data()));
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
