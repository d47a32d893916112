package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.Claim;
import dev.convergence.engine.queue.Outcome;
import dev.convergence.engine.time.Backoff;
import dev.convergence.engine.worker.Execution;
import dev.convergence.engine.worker.JobHandler;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An installation and its [Model], changed side by side and compared after each step: what nodes
/// do. What people ask for is in [WalkOfPeople].
///
/// Executions wait until a step lets them end, so that a step is over when it returns.
final class Walk {

    static final List<String> TENANTS = List.of("acme", "globex", "initech");

    private static final int NODES_MAX = 4;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int AUDIT_EVERY = 5;
    private static final RetryPolicy RETRY =
            new RetryPolicy(Model.RETRIES_MAX, new Backoff(Model.PAUSE, 2, Duration.ofHours(1)));

    /// A ticket that a step asks for.
    record Wish(int tenant, int priority, @Nullable String pool) {

        TenantId of() {
            return new TenantId(TENANTS.get(tenant));
        }

        NewJob job() {
            NewJob job =
                    NewJob.of(TENANTS.get(tenant), Job.PROBE)
                            .priority(priority)
                            .retry(RETRY)
                            .ties(Ties.QUEUED);
            return pool == null ? job : job.pool(pool);
        }
    }

    /// A node, or what is left of it.
    private static final class Member implements JobHandler {
        private final Map<Long, CompletableFuture<Outcome>> held = new ConcurrentHashMap<>();
        private final Semaphore ends = new Semaphore(0);
        private boolean isCrashed;

        @Override
        public String type() {
            return Job.PROBE;
        }

        @Override
        public Outcome handle(Execution execution) throws Exception {
            return hold(execution.claim().token()).get();
        }

        CompletableFuture<Outcome> hold(long token) {
            return held.computeIfAbsent(token, _ -> new CompletableFuture<>());
        }
    }

    record Node(Rooms rooms, Member member) {
        UUID id() {
            return rooms.membership().node().value();
        }
    }

    /// An execution that has not been let go.
    private record Held(Node node, UUID job, long token) {}

    final Installation installation = new Installation();
    final Model model = new Model();
    private final Auditor auditor;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private final Map<String, Integer> tally = new TreeMap<>();
    private int steps;

    Walk() {
        for (int i = 0; i < TENANTS.size(); i++) {
            installation.tenant(TENANTS.get(i), 1000, i + 1);
            model.lane(TENANTS.get(i), i + 1);
        }
        installation.database.transact(
                handle -> handle.execute("INSERT INTO pool VALUES ('gpu', 2)"));
        addNode();
        addNode();
        try {
            auditor = new Auditor(installation.connection());
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    Instant now() {
        return installation.clock.instant();
    }

    Books books() {
        return Books.of(installation.database);
    }

    static <T> @Nullable T pick(List<T> from, int number) {
        return from.isEmpty() ? null : from.get(number % from.size());
    }

    private List<Node> alive() {
        return nodes.stream().filter(node -> !node.member().isCrashed).toList();
    }

    Node node(int number) {
        List<Node> alive = alive();
        return alive.get(number % alive.size());
    }

    void addNode() {
        if (alive().size() >= NODES_MAX) {
            return;
        }
        Member member = new Member();
        Node node = new Node(installation.node(3, member), member);
        node.rooms().worker().onFreeSlot(member.ends::release);
        nodes.add(node);
        model.beat(node.id(), now());
        rescued(node);
        count("expired", model.expired(now()));
        compare();
    }

    void crash(int number) {
        if (alive().size() > 1) {
            node(number).member().isCrashed = true;
        }
    }

    void beat(int number) {
        Node node = node(number);
        node.rooms().membership().runOnce(now());
        model.beat(node.id(), now());
        compare();
    }

    void beatAll() {
        for (int i = 0; i < alive().size(); i++) {
            beat(i);
        }
    }

    void advance(int seconds) {
        installation.clock.advance(Duration.ofSeconds(seconds));
    }

    /// @param isTold false when the process dies between the commit and what follows it
    void enqueue(List<Wish> wishes, boolean isTold) {
        List<Job> jobs = wishes.stream().map(wish -> wish.job().at(now())).toList();
        if (isTold) {
            installation.enqueue(node(0).rooms(), jobs);
        } else {
            installation.database.transact(handle -> node(0).rooms().queue().enqueue(handle, jobs));
        }
        jobs.forEach(job -> model.enqueued(job.id().value(), job.tenant().value(), job.pool()));
        Books books = compare();
        List<Long> positions =
                jobs.stream()
                        .map(job ->
                                books.ready().stream()
                                        .filter(t -> t.job().equals(job.id().value()))
                                        .findFirst()
                                        .orElseThrow()
                                        .position())
                        .toList();
        assertThat(positions).as("places in the order of arrival").isSorted();
    }

    /// @return how many jobs were started
    int claim(int number, int slots) throws InterruptedException {
        Node node = node(number);
        Books before = books();
        int claimed = model.isAlive(node.id(), now()) ? process(node, slots) : runOnce(node);
        Books after = books();
        model.claimed(node.id(), slots, before, after, now());
        count("claimed", claimed);
        count("parked", after.parked().size() - before.parked().size());
        count("claims of the dead", model.isAlive(node.id(), now()) ? 0 : 1);
        assertThat(after.leases()).hasSize(before.leases().size() + claimed);
        compare(after);
        return claimed;
    }

    private int process(Node node, int slots) throws InterruptedException {
        List<Claim> claims = node.rooms().worker().process(slots, now());
        claims.forEach(claim -> started(node, claim));
        assertThat(claims).hasSizeLessThanOrEqualTo(slots);
        return claims.size();
    }

    void started(Node node, Claim claim) {
        held.add(new Held(node, claim.job().id().value(), claim.token()));
    }

    /// A node that is taken for dead looks once; one that only [Worker#process] asked would look
    /// on.
    private int runOnce(Node node) {
        node.rooms().worker().runOnce(now());
        return 0;
    }

    /// Takes all there is; then nothing that could start may be left.
    void claimAll(int number) throws InterruptedException {
        beat(number);
        int idle = 0;
        while (idle < 2) {
            sweep(number);
            idle = claim(number, 8) == 0 ? idle + 1 : 0;
        }
        model.exhausted(books());
    }

    /// Lets an execution of a node end that beats, though it may have been taken for dead.
    void settle(int number, End end) throws InterruptedException {
        finish(pick(held(false), number), end);
    }

    /// Lets an execution end of a node that has not beaten for a while: it was not dead after all.
    void wake(int number) throws InterruptedException {
        finish(pick(held(true), number), End.COMPLETED);
    }

    private List<Held> held(boolean isCrashed) {
        return held.stream().filter(e -> e.node().member().isCrashed == isCrashed).toList();
    }

    private void finish(@Nullable Held execution, End end) throws InterruptedException {
        if (execution == null) {
            return;
        }
        held.remove(execution);
        boolean counts = model.accepts(execution.job(), execution.token());
        Books before = books();
        Member member = execution.node().member();
        member.hold(execution.token()).complete(end.outcome());
        assertThat(member.ends.tryAcquire(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        if (counts) {
            ended(execution.job(), end.state(), end == End.FAILED, true);
        } else {
            late(execution.job(), before);
        }
        compare();
    }

    /// Nothing but what it held is free, and whoever waited for that may ask again.
    private void late(UUID job, Books before) {
        count("late finishes", 1);
        count("permits kept of the lost", model.isKept(job) ? 1 : 0);
        model.stopped(job);
        Books after = books();
        assertThat(after.waiting()).as("a late finish changes nothing").isEqualTo(before.waiting());
        assertThat(after.leases()).isEqualTo(before.leases());
        assertThat(after.endings()).isEqualTo(before.endings());
    }

    void count(String what, int times) {
        if (times > 0) {
            tally.merge(what, times, Integer::sum);
        }
    }

    /// How often what happened, so that a test can see that it was not nothing.
    Map<String, Integer> tally() {
        return tally;
    }

    void ended(UUID job, String state, boolean retryable, boolean wasStarted) {
        count(state, 1);
        Model.Live before = model.live(job);
        boolean retried = model.ended(job, state, retryable);
        UUID retry = installation.retryOf(new JobId(job)).orElse(null);
        assertThat(installation.state(new JobId(job))).isEqualTo(state);
        assertThat(retry != null).as("another attempt of %s", before).isEqualTo(retried);
        if (retry != null) {
            count("retries", 1);
            model.retried(before, retry, now());
        }
        count("dropped members", model.movedOn(before, state, wasStarted, retry));
    }

    void rescue(int number) {
        Node node = node(number);
        node.rooms().rescuer().rescue(now());
        rescued(node);
        compare();
    }

    private void rescued(Node rescuer) {
        List<UUID> lost = model.rescued(rescuer.id(), now());
        count("rescued", lost.size());
        lost.forEach(job ->
                ended(job, model.live(job).isCancelAsked() ? "CANCELLED" : "FAILED", true, true));
    }

    void promote() {
        node(0).rooms().queue().promoteDue(now());
        count("promoted", model.promoted(now()));
        compare();
    }

    void sweep(int number) {
        node(number).rooms().queue().sweep();
        compare();
    }

    Books compare() {
        return compare(books());
    }

    private Books compare(Books books) {
        model.agreesWith(books);
        if (++steps % AUDIT_EVERY == 0) {
            assertThat(auditor.violations()).isEmpty();
        }
        return books;
    }

    /// Lets everything end and asks whether the books are in order.
    void close() throws InterruptedException {
        held.forEach(e -> e.node().member().hold(e.token()).complete(End.COMPLETED.outcome()));
        held.clear();
        try (auditor) {
            assertThat(auditor.violations()).isEmpty();
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        installation.close();
    }

    @Override
    public String toString() {
        return "after " + steps + " comparisons " + tally;
    }
}
