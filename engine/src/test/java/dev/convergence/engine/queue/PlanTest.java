package dev.convergence.engine.queue;

import static dev.convergence.engine.queue.FullDatabase.LARGE;
import static dev.convergence.engine.queue.FullDatabase.NODE;
import static dev.convergence.engine.queue.FullDatabase.NOW;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.event.EngineListener;
import dev.convergence.engine.event.Events;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import dev.convergence.engine.job.RetryPolicy;
import dev.convergence.engine.launch.RetryDefaults;
import dev.convergence.engine.queue.Floors.Floor;
import dev.convergence.engine.queue.Settlement.Judged;
import dev.convergence.engine.schedule.Scheduler;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// No hot statement reads a whole table, however full the queue is and whatever the planner
/// believes of it.
class PlanTest {

    private static final int FEW = 10;
    private static final int MANY = 1_000_000;
    private static final int LANES = 10_000;
    private static final Duration LEASE = Duration.ofSeconds(15);

    /// How full the queue is, and what the planner knows.
    enum Scene {
        EMPTY,
        FEW_AFTER_EMPTY,
        FEW_KNOWN,
        MANY_AFTER_FEW,
        MANY_BELIEVED_EMPTY,
        MANY_BELIEVED_EMPTIED,
        MANY_KNOWN
    }

    private static final List<Scene> FULL =
            List.of(
                    Scene.MANY_AFTER_FEW,
                    Scene.MANY_BELIEVED_EMPTY,
                    Scene.MANY_BELIEVED_EMPTIED,
                    Scene.MANY_KNOWN);

    /// Tables that grow with the work; a statement may look at some rows of them.
    private static final List<String> HOT =
            List.of(
                    "ready",
                    "deferred",
                    "job",
                    "lane",
                    "lease",
                    "run",
                    "schedule",
                    "slot",
                    "in_flight");

    /// What a statement may read beside what it was asked for.
    private static final int ROWS_BESIDE = 128;

    /// @param asked how many rows it is about
    /// @param isFixed whether the planner is kept to the indexes, as it always should be
    record Action(String name, int asked, boolean isFixed, Consumer<Handle> work) {
        @Override
        public String toString() {
            return name + " " + asked;
        }
    }

    /// A plan and what it was for.
    record Seen(Scene scene, Action action, Plan plan) {
        @Override
        public String toString() {
            String read =
                    HOT.stream()
                            .filter(table -> plan.rowsRead(table) > 0)
                            .map(table -> table + " " + plan.rowsRead(table))
                            .collect(joining(", "));
            return "%s, %s, %s plan: read %s; compared %d in vain; %s"
                    .formatted(
                            scene,
                            action,
                            plan.mode(),
                            read,
                            plan.rowsCompared(),
                            plan.statement().lines().skip(1).findFirst().orElse(""));
        }
    }

    private static final List<Seen> SEEN = new ArrayList<>();

    @BeforeAll
    static void play() {
        try (FullDatabase full = new FullDatabase()) {
            full.analyze();
            play(full, Scene.EMPTY);
            full.fill(0, FEW, FEW);
            play(full, Scene.FEW_AFTER_EMPTY);
            full.analyze();
            play(full, Scene.FEW_KNOWN);
            full.fill(FEW, MANY, LANES);
            play(full, Scene.MANY_AFTER_FEW);
            full.believeEmpty();
            play(full, Scene.MANY_BELIEVED_EMPTY);
            full.believeEmptied();
            play(full, Scene.MANY_BELIEVED_EMPTIED);
            full.analyze();
            play(full, Scene.MANY_KNOWN);
        }
    }

    private static void play(FullDatabase full, Scene scene) {
        for (Action action : actions()) {
            full.database.read(handle -> {
                handle.begin();
                Runnable work = () -> action.work().accept(handle);
                see(
                        scene,
                        action,
                        action.isFixed()
                                ? full.explaining.during(work)
                                : full.explaining.unfixed(work));
                return handle.rollback();
            });
        }
        Scheduler scheduler =
                new Scheduler(
                        full.database,
                        new Queue(full.database, new Bell(full.database)),
                        RetryDefaults.always(RetryPolicy.withBase(LEASE)),
                        new Events(EngineListener.NOBODY));
        see(
                scene,
                new Action("fire", 1_000, true, _ -> {}),
                full.explaining.during(() -> scheduler.runOnce(NOW)));
    }

    private static void see(Scene scene, Action action, List<Plan> plans) {
        plans.forEach(plan -> SEEN.add(new Seen(scene, action, plan)));
    }

    private static List<Action> actions() {
        List<Action> actions = new ArrayList<>();
        for (int count : List.of(1, 8, 16, 128, 512)) {
            actions.add(new Action("claim", count, true, h -> claim(h, count)));
            actions.add(new Action("claim from floors", count, true, h -> claimBehind(h, count)));
            actions.add(new Action("unfixed claim", count, false, h -> claim(h, count)));
            actions.add(new Action("find", count, true, h -> JobStore.find(h, waiting(count))));
            actions.add(new Action("settle", count, true, h -> settle(h, count)));
            actions.add(new Action("activate", count, false, h -> activate(h, count)));
        }
        // As many as a node has slots; many more of all leases are rightly found by reading them
        // all.
        actions.add(new Action("leases", 64, true, h -> LeaseStore.ofJobs(h, leased(64))));
        JobId second = waiting(2).getLast();
        actions.add(new Action("promote", 500, true, h -> TicketStore.promote(h, null, NOW)));
        actions.add(new Action("next due", 1, true, h -> TicketStore.nextDue(h, null)));
        actions.add(new Action("next due from", 1, true, h -> TicketStore.nextDue(h, NOW)));
        actions.add(new Action("remove", 1, true, h -> TicketStore.remove(h, LARGE, second)));
        actions.add(
                new Action(
                        "cancel",
                        1,
                        true,
                        h -> LeaseStore.requestCancel(h, LARGE, leased(2).getLast(), "", NOW)));
        actions.add(new Action("sweep", LANES, true, TicketStore::forgotten));
        actions.add(new Action("age", LANES, true, h -> AgeingStore.raise(h, LEASE, NOW)));
        return actions;
    }

    private static void claim(Handle handle, int slots) {
        ClaimStore.take(handle, NODE, slots, Floors.RING_START, List.of(), NOW, LEASE);
    }

    private static void claimBehind(Handle handle, int slots) {
        List<Floor> floors =
                List.of(new Floor(LARGE, 5, 4), new Floor(new TenantId("tenant-3"), 5, 0));
        ClaimStore.take(handle, NODE, slots, 0, floors, NOW, LEASE);
    }

    private static List<JobId> waiting(int count) {
        return ids(count, 0x8000L << 48);
    }

    private static List<JobId> leased(int count) {
        return ids(count, 0x9000L << 48);
    }

    private static List<JobId> ids(int count, long variant) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new UUID((NOW.toEpochMilli() + i) << 16 | 0x7000, variant | 2L * i))
                .map(JobId::of)
                .toList();
    }

    /// Every other one is to be tried again.
    private static void settle(Handle handle, int count) {
        List<Judged> batch = new ArrayList<>();
        for (Job job : JobStore.find(handle, leased(count))) {
            long token = (job.id().value().getLeastSignificantBits() & 0xffffffffL) >> 1;
            Verdict verdict =
                    token % 2 == 0
                            ? new Verdict(Outcome.Completed.plain(), Optional.empty())
                            : new Verdict(
                                    Outcome.Failed.of("It failed.", "FAILED", true),
                                    Optional.of(LEASE));
            batch.add(new Judged(new Claim(job, token, NODE, NOW), verdict));
        }
        Settlement.settle(handle, batch, Floors.RING_START, NOW);
    }

    private static void activate(Handle handle, int count) {
        unseen(handle, "UPDATE lane SET has_ready = false WHERE virtual_time < " + count);
        List<TenantId> tenants =
                IntStream.range(0, count).mapToObj(i -> new TenantId("tenant-" + i)).toList();
        LaneStore.activate(handle, tenants, 0);
    }

    /// What is no part of the action.
    private static void unseen(Handle handle, String sql) {
        try (Statement direct = handle.getConnection().createStatement()) {
            direct.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Stream<Seen> seen(Predicate<Action> actions) {
        return SEEN.stream().filter(seen -> actions.test(seen.action()));
    }

    private static Stream<Seen> claims() {
        return seen(action -> action.isFixed() && action.name().startsWith("claim"))
                .filter(seen -> seen.plan().statement().contains("DELETE FROM ready"));
    }

    /// The sweep looks at every lane, and at one ticket of each tenant.
    @Test
    void every_statement_reads_about_as_many_rows_as_it_is_asked_for() {
        List<Seen> greedy =
                seen(Action::isFixed)
                        .filter(seen -> HOT.stream().anyMatch(table -> readsTooMuch(seen, table)))
                        .toList();
        assertThat(greedy).isEmpty();
        assertThat(SEEN.stream().map(Seen::scene).distinct()).containsExactly(Scene.values());
    }

    private static boolean readsWhole(Seen seen, String table) {
        return seen.plan().readsWhole(table, ROWS_BESIDE);
    }

    private static boolean readsTooMuch(Seen seen, String table) {
        return seen.plan().rowsRead(table) > 4L * seen.action().asked() + ROWS_BESIDE;
    }

    @Test
    void no_statement_reads_a_full_table_from_end_to_end() {
        List<Seen> whole =
                seen(action -> action.isFixed() && !action.name().equals("sweep"))
                        .filter(seen -> FULL.contains(seen.scene()))
                        .filter(seen -> HOT.stream().anyMatch(table -> readsWhole(seen, table)))
                        .toList();
        assertThat(whole).isEmpty();
        assertThat(seen(action -> action.name().equals("sweep")))
                .noneMatch(seen -> readsWhole(seen, "ready"));
    }

    @Test
    void a_claim_takes_no_more_tickets_than_it_is_asked_for_and_looks_at_few_more() {
        assertThat(claims())
                .hasSizeGreaterThan(Scene.values().length)
                .allMatch(seen -> seen.plan().rowsDeleted("ready") <= seen.action().asked())
                .allMatch(seen ->
                        seen.plan().rowsRead("ready")
                                <= 2 * seen.action().asked()
                                        + ClaimStore.lanes(seen.action().asked()));
        assertThat(claims().filter(seen -> FULL.contains(seen.scene())))
                .allMatch(seen -> seen.plan().rowsDeleted("ready") > 0);
    }

    @Test
    void the_indexes_that_are_made_for_a_statement_are_used() {
        assertThat(claims().filter(seen -> FULL.contains(seen.scene())))
                .allMatch(seen -> seen.plan().uses("lane_ring"))
                .allMatch(seen -> seen.plan().uses("ready_order"));
        assertThat(
                        seen(action -> action.name().equals("fire"))
                                .filter(seen -> FULL.contains(seen.scene()))
                                .filter(seen -> seen.plan().statement().contains("FROM schedule")))
                .isNotEmpty()
                .allMatch(seen -> seen.plan().uses("schedule_due"));
    }

    @Test
    void a_claim_of_a_full_queue_looks_at_few_pages() {
        assertThat(claims())
                .allMatch(seen -> seen.plan().pages() <= 40L * seen.action().asked() + 1_000);
    }

    @Test
    void no_statement_compares_each_of_a_batch_with_each() {
        assertThat(
                        seen(Action::isFixed)
                                .filter(seen ->
                                        seen.plan().rowsCompared()
                                                > 16L * seen.action().asked() + ROWS_BESIDE))
                .isEmpty();
    }

    @Test
    void without_being_kept_to_the_indexes_a_claim_reads_too_much() {
        assertThat(seen(action -> action.name().equals("unfixed claim")))
                .anyMatch(seen -> HOT.stream().anyMatch(table -> readsTooMuch(seen, table)));
    }

    @Test
    void up_to_128_lanes_are_activated_by_the_index_without_further_settings() {
        assertThat(
                        seen(action -> action.name().equals("activate") && action.asked() <= 128)
                                .filter(seen ->
                                        HOT.stream().anyMatch(table -> readsTooMuch(seen, table))))
                .isEmpty();
    }
}
