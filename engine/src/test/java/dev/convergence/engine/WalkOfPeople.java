package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.Books.Ticket;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.NewGroup;
import dev.convergence.engine.group.OnFailure;
import dev.convergence.engine.id.GroupId;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.NodeId;
import dev.convergence.engine.id.ReservationId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.NewJob;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.job.Ties;
import dev.convergence.engine.queue.DirectStart;
import dev.convergence.engine.queue.DirectStart.Try;
import dev.convergence.engine.queue.JobChange;
import dev.convergence.engine.queue.Queue.Cancellation;
import dev.convergence.engine.queue.Reservation;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What people do to an installation on a [Walk]: cancel, change, order, group, reserve, execute
/// directly.
final class WalkOfPeople {

    private final Walk walk;
    private final Model model;
    private final Installation installation;

    private WalkOfPeople(Walk walk) {
        this.walk = walk;
        model = walk.model;
        installation = walk.installation;
    }

    static WalkOfPeople on(Walk walk) {
        return new WalkOfPeople(walk);
    }

    private Rooms rooms() {
        return walk.node(0).rooms();
    }

    void cancel(int number) {
        UUID job = Walk.pick(model.jobs(), number);
        if (job == null) {
            return;
        }
        TenantId tenant = new TenantId(model.live(job).tenant());
        Cancellation answer =
                rooms().queue().cancel(tenant, new JobId(job), "by a user", walk.now());
        if (model.isWaiting(job)) {
            assertThat(answer).isEqualTo(Cancellation.CANCELLED);
            walk.ended(job, "CANCELLED", false, false);
        } else {
            assertThat(answer).isEqualTo(Cancellation.REQUESTED);
            model.cancelAsked(job);
        }
        walk.compare();
    }

    void pause(int tenant) {
        rooms().lanes().pause(new TenantId(Walk.TENANTS.get(tenant)));
        model.pause(Walk.TENANTS.get(tenant), true);
        walk.compare();
    }

    void resume(int tenant) {
        rooms().lanes().resume(new TenantId(Walk.TENANTS.get(tenant)));
        model.pause(Walk.TENANTS.get(tenant), false);
        walk.compare();
    }

    void limit(int tenant, int limit) {
        rooms().lanes().open(new TenantId(Walk.TENANTS.get(tenant)), limit);
        installation.database.transact(handle ->
                handle.execute(
                        "UPDATE subscription SET updated_at = ? WHERE tenant_id = ?",
                        walk.now().atOffset(ZoneOffset.UTC),
                        Walk.TENANTS.get(tenant)));
        model.lane(Walk.TENANTS.get(tenant), limit);
        walk.compare();
    }

    /// Of a job that runs nothing can be changed any more.
    private boolean change(UUID job, JobChange change) {
        TenantId tenant = new TenantId(model.live(job).tenant());
        if (model.isWaiting(job)) {
            rooms().waitingJobs().change(tenant, new JobId(job), change);
            return true;
        }
        Books before = walk.books();
        assertThatThrownBy(() -> rooms().waitingJobs().change(tenant, new JobId(job), change))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not wait any more");
        assertThat(walk.books()).isEqualTo(before);
        walk.count("changes refused", 1);
        return false;
    }

    /// It goes to the end of its new level; all others stay where they are.
    void reprioritise(int number, int priority) {
        UUID job = Walk.pick(model.jobs(), number);
        if (job == null) {
            return;
        }
        Books before = walk.books();
        if (!change(job, new JobChange(priority, null, null, null))) {
            return;
        }
        Books after = walk.compare();
        walk.count("reprioritised", 1);
        if (after.deferred().containsKey(job)) {
            assertThat(after.deferred().get(job).priority()).isEqualTo(priority);
            return;
        }
        String tenant = model.live(job).tenant();
        Ticket then = ticket(before, tenant, job);
        Ticket now = ticket(after, tenant, job);
        assertThat(now.priority()).isEqualTo(priority);
        assertThat(others(after, tenant, job)).isEqualTo(others(before, tenant, job));
        if (then.priority() == priority) {
            assertThat(now.position()).isEqualTo(then.position());
        } else {
            assertThat(level(after, tenant, priority).getLast()).isEqualTo(job);
        }
    }

    /// It moves inside its level, and the others keep their order.
    void move(int number, long position) {
        UUID job = Walk.pick(List.copyOf(walk.books().waiting()), number);
        if (job == null) {
            return;
        }
        Books before = walk.books();
        change(job, new JobChange(null, null, null, position));
        Books after = walk.compare();
        walk.count("moved", 1);
        String tenant = model.live(job).tenant();
        assertThat(jobs(others(after, tenant, job))).isEqualTo(jobs(others(before, tenant, job)));
        assertThat(ticket(after, tenant, job).priority())
                .isEqualTo(ticket(before, tenant, job).priority());
    }

    void needs(int number, @Nullable String pool) {
        UUID job = Walk.pick(model.jobs(), number);
        if (job == null) {
            return;
        }
        Map<String, Object> params = pool == null ? Map.of() : Map.of("pool", pool);
        if (change(job, new JobChange(null, params, pool, null))) {
            model.needs(job, pool);
            walk.count("patched", 1);
        }
        walk.compare();
    }

    /// The jobs of one level that a step names stand in the order that it wishes, in the places
    /// that they have together.
    void reorder(int tenant, int priority, long wish) {
        String name = Walk.TENANTS.get(tenant);
        Books before = walk.books();
        List<UUID> level = level(before, name, priority);
        List<UUID> wished = new ArrayList<>();
        for (int i = 0; i < Math.min(level.size(), 60); i++) {
            if ((wish >> i & 1) == 1) {
                wished.add(Math.floorMod(wish >> i + 1, wished.size() + 1), level.get(i));
            }
        }
        if (wished.isEmpty()) {
            return;
        }
        rooms().waitingJobs().reorder(new TenantId(name), wished.stream().map(JobId::of).toList());
        Books after = walk.compare();
        walk.count("reordered", wished.size() > 1 ? 1 : 0);
        assertThat(level(after, name, priority)).filteredOn(wished::contains).isEqualTo(wished);
        Set<UUID> named = Set.copyOf(wished);
        assertThat(without(after.inOrder(name), named))
                .isEqualTo(without(before.inOrder(name), named));
    }

    private static List<UUID> level(Books books, String tenant, int priority) {
        return jobs(books.inOrder(tenant).stream().filter(t -> t.priority() == priority).toList());
    }

    private static Ticket ticket(Books books, String tenant, UUID job) {
        return books.inOrder(tenant).stream()
                .filter(ticket -> ticket.job().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private static List<Ticket> others(Books books, String tenant, UUID job) {
        return without(books.inOrder(tenant), Set.of(job));
    }

    private static List<Ticket> without(List<Ticket> tickets, Set<UUID> jobs) {
        return tickets.stream().filter(ticket -> !jobs.contains(ticket.job())).toList();
    }

    private static List<UUID> jobs(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::job).toList();
    }

    /// @param wishes of which the first says whose group it is, and of which priority
    void group(List<Walk.Wish> wishes, GroupMode mode, OnFailure onFailure) {
        Walk.Wish first = wishes.getFirst();
        List<Job> jobs =
                wishes.stream()
                        .map(wish ->
                                new Walk.Wish(first.tenant(), first.priority(), wish.pool())
                                        .job()
                                        .at(walk.now()))
                        .toList();
        NewGroup wanted =
                new NewGroup(first.of(), null, mode, onFailure, first.priority(), jobs, "test");
        GroupId group =
                installation
                        .database
                        .inTransaction(handle -> rooms().groups().place(handle, wanted, walk.now()))
                        .id();
        rooms().queue().committed(Set.of(first.of()));
        Map<UUID, @Nullable String> members = new LinkedHashMap<>();
        jobs.forEach(job -> members.put(job.id().value(), job.pool()));
        model.grouped(
                group.value(),
                first.of().value(),
                mode == GroupMode.SEQUENTIAL,
                onFailure,
                members);
        walk.count("groups", 1);
        walk.compare();
    }

    /// What waits ends; what runs goes on, and is not tried again.
    void cancelGroup(int number) {
        UUID group = Walk.pick(model.groups(), number);
        if (group == null) {
            return;
        }
        List<UUID> members = model.group(group).live();
        TenantId tenant = new TenantId(model.live(members.getFirst()).tenant());
        rooms().groups().cancel(tenant, new GroupId(group), walk.now());
        model.group(group).cancelled();
        for (UUID member : members) {
            if (model.jobs().contains(member) && model.isWaiting(member)) {
                walk.ended(member, "CANCELLED", false, false);
            }
        }
        walk.count("groups cancelled", 1);
        walk.compare();
    }

    /// @param withNode whether it ends with the node on which it is asked for
    void reserve(int tenant, int seconds, boolean withNode) {
        String name = Walk.TENANTS.get(tenant);
        NodeId node = withNode ? rooms().membership().node() : null;
        Model.Reservation active = model.reservation(name);
        if (active != null && active.until().isAfter(walk.now())) {
            assertThatThrownBy(() ->
                            rooms().reservations()
                                    .reserve(
                                            new TenantId(name),
                                            "a second one",
                                            Duration.ofSeconds(seconds),
                                            node,
                                            walk.now()))
                    .hasMessageContaining(active.id().toString());
            walk.count("reservations refused", 1);
        } else {
            Reservation made =
                    rooms().reservations()
                            .reserve(
                                    new TenantId(name),
                                    "a walk",
                                    Duration.ofSeconds(seconds),
                                    node,
                                    walk.now());
            model.reserved(
                    name,
                    new Model.Reservation(
                            made.id().value(),
                            made.expiresAt(),
                            node == null ? null : node.value()));
            walk.count("reserved", 1);
        }
        walk.compare();
    }

    void release(int tenant) {
        String name = Walk.TENANTS.get(tenant);
        Model.Reservation active = model.reservation(name);
        if (active != null) {
            rooms().reservations()
                    .release(new TenantId(name), new ReservationId(active.id()), walk.now());
            model.released(name);
            walk.count("released", 1);
        }
        walk.compare();
    }

    void expire() {
        List<Reservation> ended = rooms().reservations().endOverdue(walk.now());
        int expected = model.expired(walk.now());
        assertThat(ended).hasSize(expected);
        walk.count("expired", expected);
        walk.compare();
    }

    /// The execution that a lane is reserved for starts once nothing else of the tenant runs.
    void direct(int tenant, @Nullable String pool) {
        String name = Walk.TENANTS.get(tenant);
        Model.Reservation reservation = model.reservation(name);
        if (reservation == null) {
            return;
        }
        Walk.Node node = walk.node(0);
        Job job = direct(name, pool);
        Books before = walk.books();
        DirectStart start = new DirectStart(installation.database, Model.LEASE, installation.clock);
        Try came =
                node.rooms()
                        .worker()
                        .begin(
                                () ->
                                        start.begin(
                                                job,
                                                new ReservationId(reservation.id()),
                                                node.rooms().membership().node()),
                                () -> {},
                                walk.now());
        boolean isOver = !reservation.until().isAfter(walk.now());
        assertThat(came instanceof Try.Refused).isEqualTo(isOver);
        boolean mayStart =
                !isOver
                        && model.isAlive(node.id(), walk.now())
                        && before.running().getOrDefault(name, 0) == 0
                        && (pool == null
                                || before.takenBefore(pool, reservation.id())
                                        < Model.capacity(pool));
        assertThat(came instanceof Try.Started).isEqualTo(mayStart);
        if (came instanceof Try.Started(var claim)) {
            walk.started(node, claim);
            model.begun(job.id().value(), name, pool, new Model.Running(claim.token(), node.id()));
            walk.count("direct", 1);
        }
        walk.compare();
    }

    private Job direct(String tenant, @Nullable String pool) {
        NewJob job =
                NewJob.of(tenant, Job.PROBE)
                        .retry(RetryPolicy.withBase(Duration.ZERO).withRetriesMax(0))
                        .ties(Ties.DIRECT);
        return (pool == null ? job : job.pool(pool)).at(walk.now());
    }

    /// What a rescue, a claim or an end left undone when its process died, any node does.
    void finishCancellations() {
        rooms().groups().finishCancellations(walk.now());
        walk.compare();
    }

    @Override
    public String toString() {
        return model.jobs().stream().map(UUID::toString).collect(Collectors.joining(", "));
    }
}
