package dev.convergence.service.http.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// One client's side of a feed: what it was told, and what is still to be sent.
///
/// A client that reads too slowly is let go; it comes back and goes on from its last id.
final class Watcher {

    private static final int WAITING_MAX = 4_096;

    /// Wakes whoever waits for the next one; never sent.
    private static final Event NONE = new Event("", "", "");

    private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Map<String, Object> told = new HashMap<>();
    private volatile boolean isOver;

    /// Where the client stands: the last line, or the last millisecond, of which it knows. Written
    /// by the feed's thread alone, as is what it was told.
    long position;

    boolean isFresh = true;

    Watcher(long position) {
        this.position = position;
    }

    /// Sends a value unless the client has it already.
    void tell(String subject, String name, Object value, Supplier<Object> data) {
        if (!value.equals(told.put(subject, value))) {
            send(name, data.get());
        }
    }

    /// Takes a value for known that the client has seen before it was cut off.
    void skip(String subject, Object value) {
        told.put(subject, value);
    }

    void forget(Predicate<String> subjects) {
        told.keySet().removeIf(subjects);
    }

    void send(String name, Object data) {
        if (!waiting.offer(new Event(Long.toString(position), name, data))) {
            end();
        }
    }

    void end() {
        isOver = true;
        waiting.offer(NONE);
    }

    /// Whether nothing more will come once what waits has been sent.
    boolean isOver() {
        return isOver;
    }

    boolean hasMore() {
        return !waiting.isEmpty();
    }

    Optional<Event> next(Duration atMost) throws InterruptedException {
        return Optional.ofNullable(waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .filter(event -> !event.equals(NONE));
    }
}
