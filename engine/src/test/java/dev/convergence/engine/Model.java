package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Books.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the engine promises, in memory: where each job is, whether a claim may take it, whether a
/// finish counts.
///
/// It does not say which of several lawful claims is made; it says of each whether it is lawful.
final class Model {

    static final Duration LEASE = Duration.ofSeconds(30);
    static final int RETRIES_MAX = 2;
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Map<String, Integer> POOLS = Map.of("ollama-local", 1, "gpu", 2);

    /// A job that has not ended.
    record Live(UUID id, String tenant, int attempt, boolean isCancelAsked) {
        Live cancelAsked() {
            return new Live(id, tenant, attempt, true);
        }
    }

    record Running(long token, UUID node) {}

    private record Lane(int limit, boolean isPaused) {}

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<UUID, Live> live = new LinkedHashMap<>();
    private final Set<UUID> waiting = new HashSet<>();
    private final Map<UUID, Instant> deferred = new HashMap<>();
    private final Map<UUID, Running> running = new HashMap<>();
    private final Map<UUID, Instant> heartbeats = new HashMap<>();
    private final Map<String, Integer> endings = new HashMap<>();

    void lane(String tenant, int limit) {
        boolean paused = lanes.containsKey(tenant) && lane(tenant).isPaused();
        lanes.put(tenant, new Lane(limit, paused));
    }

    void pause(String tenant, boolean paused) {
        lanes.put(tenant, new Lane(lane(tenant).limit(), paused));
    }

    private Lane lane(String tenant) {
        return java.util.Objects.requireNonNull(lanes.get(tenant));
    }

    void beat(UUID node, Instant now) {
        heartbeats.put(node, now);
    }

    boolean isKnown(UUID node) {
        return heartbeats.containsKey(node);
    }

    boolean isAlive(UUID node, Instant now) {
        Instant beat = heartbeats.get(node);
        return beat != null && beat.isAfter(now.minus(LEASE));
    }

    void enqueued(UUID job, String tenant) {
        live.put(job, new Live(job, tenant, 0, false));
        waiting.add(job);
    }

    List<UUID> jobs() {
        return List.copyOf(live.keySet());
    }

    boolean isWaiting(UUID job) {
        return waiting.contains(job) || deferred.containsKey(job);
    }

    boolean isRunning(UUID job) {
        return running.containsKey(job);
    }

    boolean accepts(UUID job, long token) {
        Running attempt = running.get(job);
        return attempt != null && attempt.token() == token;
    }

    /// The nodes that a rescue by another takes for dead, and with them those that had been
    /// already.
    List<UUID> rescued(UUID rescuer, Instant now) {
        heartbeats
                .entrySet()
                .removeIf(node ->
                        !node.getKey().equals(rescuer)
                                && node.getValue().isBefore(now.minus(LEASE)));
        return running.entrySet().stream()
                .filter(attempt -> !heartbeats.containsKey(attempt.getValue().node()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Ends a job.
    ///
    /// @return whether another attempt must follow
    boolean ended(UUID job, String state, boolean retryable) {
        Live ended = java.util.Objects.requireNonNull(live.remove(job));
        waiting.remove(job);
        deferred.remove(job);
        running.remove(job);
        endings.merge(state, 1, Integer::sum);
        return retryable && !ended.isCancelAsked() && ended.attempt() < RETRIES_MAX;
    }

    Live live(UUID job) {
        return java.util.Objects.requireNonNull(live.get(job));
    }

    void retried(Live before, UUID retry, Instant now) {
        live.put(retry, new Live(retry, before.tenant(), before.attempt() + 1, false));
        deferred.put(retry, now.plus(PAUSE.multipliedBy(1L << before.attempt())));
    }

    void cancelAsked(UUID job) {
        live.computeIfPresent(job, (_, asked) -> asked.cancelAsked());
    }

    /// @return how many pauses were over
    int promoted(Instant now) {
        List<UUID> due =
                deferred.entrySet().stream()
                        .filter(pause -> !pause.getValue().isAfter(now))
                        .map(Map.Entry::getKey)
                        .toList();
        due.forEach(deferred::remove);
        waiting.addAll(due);
        return due.size();
    }

    /// A claim is lawful: alive, within the limits, the first of each lane, and nobody passed over
    /// but for a pool that is full.
    void claimed(UUID node, int slots, Books before, Books after, Instant now) {
        Set<UUID> claimed = new HashSet<>(after.leases().keySet());
        claimed.removeAll(before.leases().keySet());
        assertThat(claimed).hasSizeLessThanOrEqualTo(slots);
        if (!isAlive(node, now)) {
            assertThat(claimed).as("a node that is taken for dead claims nothing").isEmpty();
        }
        for (String tenant : lanes.keySet()) {
            claimedOf(tenant, claimed, before, after);
        }
        for (UUID job : claimed) {
            Books.Lease lease = java.util.Objects.requireNonNull(after.leases().get(job));
            assertThat(lease.node()).isEqualTo(node);
            waiting.remove(job);
            running.put(job, new Running(lease.token(), lease.node()));
        }
    }

    private void claimedOf(String tenant, Set<UUID> claimed, Books before, Books after) {
        Set<UUID> left = Books.jobs(after.ready());
        List<Ticket> order = before.readyOf(tenant);
        List<Ticket> taken = order.stream().filter(t -> !left.contains(t.job())).toList();
        assertThat(taken)
                .as("strict order in lane %s", tenant)
                .isEqualTo(order.subList(0, taken.size()));
        if (lane(tenant).isPaused()) {
            assertThat(taken).as("the paused lane %s starts nothing", tenant).isEmpty();
        }
        if (taken.stream().anyMatch(ticket -> claimed.contains(ticket.job()))) {
            assertThat(after.running().get(tenant)).isLessThanOrEqualTo(lane(tenant).limit());
        }
        taken.stream()
                .filter(ticket -> !claimed.contains(ticket.job()))
                .forEach(ticket -> parked(ticket, after));
        permitsInOrder(taken, claimed);
    }

    /// Of one lane's tickets for a pool the first get its permits.
    private static void permitsInOrder(List<Ticket> taken, Set<UUID> claimed) {
        Set<String> full = new HashSet<>();
        for (Ticket ticket : taken) {
            String pool = ticket.pool();
            if (pool != null && !claimed.contains(ticket.job())) {
                full.add(pool);
            } else if (pool != null) {
                assertThat(full).as("nobody behind gets a permit").doesNotContain(pool);
            }
        }
    }

    private static void parked(Ticket ticket, Books after) {
        String pool = String.valueOf(ticket.pool());
        assertThat(Books.jobs(after.parked())).contains(ticket.job());
        assertThat(after.held(pool)).isEqualTo((long) capacity(pool));
    }

    private static int capacity(@Nullable String pool) {
        return java.util.Objects.requireNonNull(POOLS.get(String.valueOf(pool)));
    }

    /// Nothing that could start is left, after everything was taken that there was.
    void exhausted(Books books) {
        lanes.forEach((tenant, lane) -> {
            int running = books.running().getOrDefault(tenant, 0);
            if (!lane.isPaused() && running < lane.limit()) {
                assertThat(books.readyOf(tenant)).as("lane %s has a slot free", tenant).isEmpty();
                assertThat(books.parked())
                        .filteredOn(ticket -> ticket.tenant().equals(tenant))
                        .allSatisfy(ticket ->
                                assertThat(books.held(String.valueOf(ticket.pool())))
                                        .as("permits of %s held", ticket.pool())
                                        .isEqualTo(capacity(ticket.pool())));
            }
        });
    }

    /// The tables say the same.
    void agreesWith(Books books) {
        assertThat(books.waiting()).isEqualTo(waiting);
        assertThat(books.deferred()).isEqualTo(deferred);
        assertThat(
                        books.leases().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                l ->
                                                        new Running(
                                                                l.getValue().token(),
                                                                l.getValue().node()))))
                .isEqualTo(running);
        assertThat(books.endings()).isEqualTo(endings);
        books.permits().forEach((job, _) -> assertThat(running).containsKey(job));
        Map<String, Integer> counts = new HashMap<>();
        lanes.keySet().forEach(tenant -> counts.put(tenant, 0));
        running.keySet().forEach(job -> counts.merge(live(job).tenant(), 1, Integer::sum));
        assertThat(books.running()).isEqualTo(counts);
    }

    List<String> tenants() {
        return new ArrayList<>(lanes.keySet());
    }
}
