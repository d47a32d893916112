package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.Books.Ticket;
import dev.convergence.engine.group.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    static final Duration HOLDER_SILENT_MAX = Duration.ofMinutes(10);
    static final int RETRIES_MAX = 2;
    static final Duration PAUSE = Duration.ofSeconds(10);
    static final Map<String, Integer> POOLS = Map.of("ollama-local", 1, "gpu", 2);

    /// A job that has not ended.
    ///
    /// @param group the group of which it is a member, and its number there
    record Live(
            UUID id,
            String tenant,
            int attempt,
            boolean isDirect,
            boolean isCancelAsked,
            @Nullable String pool,
            @Nullable UUID group,
            int number) {

        Live cancelAsked() {
            return new Live(id, tenant, attempt, isDirect, true, pool, group, number);
        }

        Live pool(@Nullable String other) {
            return new Live(id, tenant, attempt, isDirect, isCancelAsked, other, group, number);
        }

        Live retry(UUID retry) {
            return new Live(retry, tenant, attempt + 1, isDirect, false, pool, group, number);
        }
    }

    record Running(long token, UUID node) {}

    /// @param node with which it ends; null when it outlives all
    record Reservation(UUID id, Instant until, @Nullable UUID node) {}

    private record Lane(int limit, boolean isPaused) {}

    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Reservation> reservations = new HashMap<>();
    private final Map<UUID, Live> live = new LinkedHashMap<>();
    private final Set<UUID> waiting = new HashSet<>();
    private final Map<UUID, Instant> deferred = new HashMap<>();
    private final Map<UUID, Running> running = new HashMap<>();
    private final Map<UUID, Instant> heartbeats = new HashMap<>();
    private final Map<UUID, Instant> kept = new HashMap<>();
    private final Map<UUID, String> keptPools = new HashMap<>();
    private final Map<String, Integer> endings = new HashMap<>();
    private final Map<UUID, ModelGroup> groups = new LinkedHashMap<>();

    void lane(String tenant, int limit) {
        boolean paused = lanes.containsKey(tenant) && lane(tenant).isPaused();
        lanes.put(tenant, new Lane(limit, paused));
    }

    void pause(String tenant, boolean paused) {
        lanes.put(tenant, new Lane(lane(tenant).limit(), paused));
    }

    private Lane lane(String tenant) {
        return Objects.requireNonNull(lanes.get(tenant));
    }

    private boolean isHalted(String tenant) {
        return lane(tenant).isPaused() || reservations.containsKey(tenant);
    }

    @Nullable Reservation reservation(String tenant) {
        return reservations.get(tenant);
    }

    void reserved(String tenant, Reservation reservation) {
        reservations.put(tenant, reservation);
    }

    void released(String tenant) {
        reservations.remove(tenant);
    }

    /// @return how many were ended because their time was up or their node was gone
    int expired(Instant now) {
        int before = reservations.size();
        reservations
                .values()
                .removeIf(held ->
                        !held.until().isAfter(now)
                                || held.node() != null && !heartbeats.containsKey(held.node()));
        return before - reservations.size();
    }

    void beat(UUID node, Instant now) {
        heartbeats.put(node, now);
    }

    boolean isAlive(UUID node, Instant now) {
        Instant beat = heartbeats.get(node);
        return beat != null && beat.isAfter(now.minus(LEASE));
    }

    void enqueued(UUID job, String tenant, @Nullable String pool) {
        live.put(job, new Live(job, tenant, 0, false, false, pool, null, 0));
        waiting.add(job);
    }

    void grouped(
            UUID group,
            String tenant,
            boolean isSequential,
            OnFailure onFailure,
            Map<UUID, @Nullable String> jobs) {
        List<UUID> members = List.copyOf(jobs.keySet());
        groups.put(group, new ModelGroup(isSequential, onFailure, members));
        for (int i = 0; i < members.size(); i++) {
            UUID job = members.get(i);
            live.put(job, new Live(job, tenant, 0, false, false, jobs.get(job), group, i));
            waiting.add(job);
        }
    }

    /// What was executed directly was never waiting.
    void begun(UUID job, String tenant, @Nullable String pool, Running attempt) {
        live.put(job, new Live(job, tenant, 0, true, false, pool, null, 0));
        running.put(job, attempt);
    }

    List<UUID> jobs() {
        return List.copyOf(live.keySet());
    }

    List<UUID> groups() {
        return groups.keySet().stream().filter(id -> !group(id).hasEnded()).toList();
    }

    ModelGroup group(UUID id) {
        return Objects.requireNonNull(groups.get(id));
    }

    boolean isWaiting(UUID job) {
        return waiting.contains(job) || deferred.containsKey(job);
    }

    boolean accepts(UUID job, long token) {
        Running attempt = running.get(job);
        return attempt != null && attempt.token() == token;
    }

    /// The nodes that a rescue by another takes for dead, and with them those that had been
    /// already. Nobody knows them to be dead: what they hold stays held.
    List<UUID> rescued(UUID rescuer, Instant now) {
        heartbeats
                .entrySet()
                .removeIf(node ->
                        !node.getKey().equals(rescuer)
                                && node.getValue().isBefore(now.minus(LEASE)));
        kept.values().removeIf(until -> !until.isAfter(now));
        List<UUID> lost =
                running.entrySet().stream()
                        .filter(attempt -> !heartbeats.containsKey(attempt.getValue().node()))
                        .map(Map.Entry::getKey)
                        .toList();
        lost.stream()
                .filter(job -> POOLS.containsKey(String.valueOf(live(job).pool())))
                .forEach(job -> {
                    kept.put(job, now.plus(HOLDER_SILENT_MAX));
                    keptPools.put(job, String.valueOf(live(job).pool()));
                });
        return lost;
    }

    /// The execution itself has ended: what it held is free.
    void stopped(UUID job) {
        kept.remove(job);
    }

    boolean isKept(UUID job) {
        return kept.containsKey(job);
    }

    /// Ends a job.
    ///
    /// @return whether another attempt must follow
    boolean ended(UUID job, String state, boolean retryable) {
        Live ended = Objects.requireNonNull(live.remove(job));
        waiting.remove(job);
        deferred.remove(job);
        running.remove(job);
        endings.merge(state, 1, Integer::sum);
        return retryable
                && !ended.isCancelAsked()
                && !ended.isDirect()
                && ended.attempt() < RETRIES_MAX
                && (ended.group() == null || !group(ended.group()).isCancelled());
    }

    Live live(UUID job) {
        return Objects.requireNonNull(live.get(job));
    }

    void retried(Live before, UUID retry, Instant now) {
        live.put(retry, before.retry(retry));
        deferred.put(retry, now.plus(PAUSE.multipliedBy(1L << before.attempt())));
    }

    /// What the end of an attempt means for its group.
    ///
    /// @return how many members' waits ended with it
    int movedOn(Live ended, String state, boolean wasStarted, @Nullable UUID retry) {
        if (ended.group() == null) {
            return 0;
        }
        ModelGroup group = group(ended.group());
        if (retry == null) {
            group.ended(ended.number(), state, ended.attempt() == 0 && !wasStarted);
        } else {
            group.retried(ended.number(), retry);
        }
        List<ModelGroup.Dropped> dropped = group.moveOn();
        dropped.forEach(member -> ended(member.job(), member.state(), false));
        return dropped.size();
    }

    void cancelAsked(UUID job) {
        live.computeIfPresent(job, (_, asked) -> asked.cancelAsked());
    }

    void needs(UUID job, @Nullable String pool) {
        live.computeIfPresent(job, (_, patched) -> patched.pool(pool));
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
            Books.Lease lease = Objects.requireNonNull(after.leases().get(job));
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
        if (isHalted(tenant)) {
            assertThat(taken).as("the halted lane %s starts nothing", tenant).isEmpty();
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
        assertThat(after.taken(pool)).isGreaterThanOrEqualTo(capacity(pool));
    }

    static int capacity(@Nullable String pool) {
        return Objects.requireNonNull(POOLS.get(String.valueOf(pool)));
    }

    /// Nothing that could start is left, after everything was taken that there was.
    void exhausted(Books books) {
        lanes.forEach((tenant, lane) -> {
            int runs = books.running().getOrDefault(tenant, 0);
            if (!isHalted(tenant) && runs < lane.limit()) {
                assertThat(books.readyOf(tenant)).as("lane %s has a slot free", tenant).isEmpty();
                assertThat(books.parked())
                        .filteredOn(ticket -> ticket.tenant().equals(tenant))
                        .filteredOn(Ticket::waitsForPool)
                        .allSatisfy(ticket ->
                                assertThat(books.taken(String.valueOf(ticket.pool())))
                                        .as("permits of %s held", ticket.pool())
                                        .isGreaterThanOrEqualTo(capacity(ticket.pool())));
            }
        });
    }

    /// The tables say the same.
    void agreesWith(Books books) {
        assertThat(books.waiting()).isEqualTo(waiting);
        assertThat(
                        books.deferred().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey, d -> d.getValue().dueAt())))
                .isEqualTo(deferred);
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
        assertThat(books.permits()).isEqualTo(permits());
        Map<String, Integer> counts = new HashMap<>();
        lanes.keySet().forEach(tenant -> counts.put(tenant, 0));
        running.keySet().forEach(job -> counts.merge(live(job).tenant(), 1, Integer::sum));
        assertThat(books.running()).isEqualTo(counts);
        assertThat(books.reservations().keySet()).isEqualTo(reservations.keySet());
        agreesWithGroups(books);
    }

    /// Of what runs, and of what may still run on nodes that were lost.
    private Map<UUID, String> permits() {
        Map<UUID, String> permits = new HashMap<>();
        running.keySet()
                .forEach(job -> {
                    String pool = live(job).pool();
                    if (pool != null && POOLS.containsKey(pool)) {
                        permits.put(job, pool);
                    }
                });
        kept.keySet().forEach(job -> permits.put(job, String.valueOf(keptPools.get(job))));
        return permits;
    }

    private void agreesWithGroups(Books books) {
        Set<UUID> held = new HashSet<>();
        Map<UUID, String> statuses = new HashMap<>();
        groups.forEach((id, group) -> {
            held.addAll(group.held());
            statuses.put(id, group.status());
        });
        assertThat(books.held()).as("members behind others").isEqualTo(held);
        assertThat(books.groups()).isEqualTo(statuses);
    }
}
