package dev.convergence.engine;

import dev.convergence.engine.backfill.Backfiller;
import dev.convergence.engine.event.WakeUp;
import dev.convergence.engine.loop.Duty;
import dev.convergence.engine.loop.Loop;
import dev.convergence.engine.queue.Ageing;
import dev.convergence.engine.queue.Queue;
import dev.convergence.engine.recovery.ClusterDuty;
import dev.convergence.engine.recovery.Partitions;
import dev.convergence.engine.recovery.Retention;
import dev.convergence.engine.schedule.Scheduler;
import dev.convergence.engine.sql.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import javax.sql.DataSource;

/// Runs an engine's duties, each in a loop of its own, until it is stopped.
public final class Node {

    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final Duration RESERVATIONS = Duration.ofSeconds(2);
    private static final Duration RESCUE = Duration.ofSeconds(5);
    private static final Duration BACKFILL = Duration.ofSeconds(1);
    private static final Duration OVERRIDES = Duration.ofSeconds(2);
    private static final Duration ALARMS = Duration.ofSeconds(5);
    private static final Duration UPKEEP = Duration.ofHours(1);
    private static final Duration UPKEEP_LOOK = Duration.ofMinutes(5);
    private static final Duration WATCH = Duration.ofMillis(500);

    /// Under load at most 50 notifications a second: each takes a lock over the whole database at
    /// commit. A single ring goes out at once.
    private static final Duration RING_REST_MIN = Duration.ofMillis(1);

    private static final Duration RING_REST_MAX = Duration.ofMillis(20);

    private static final int BEATS_PER_LEASE = 6;

    /// What a node does besides answering callers.
    public enum Role {
        SCHEDULER,
        WORKER
    }

    private final Rooms engine;
    private final DataSource source;
    private final Set<Role> roles;
    private final List<Loop> loops = new ArrayList<>();
    private final Listener listener;

    public Node(Rooms engine, DataSource source, Set<Role> roles) {
        this.engine = engine;
        this.source = source;
        this.roles = Set.copyOf(roles);
        listener =
                new Listener(
                        this.source,
                        engine.bell(),
                        engine.membership().presence(),
                        engine.events());
    }

    public void start() {
        engine.join();
        Duration lease = engine.config().lease();
        Duration beat = lease.dividedBy(BEATS_PER_LEASE);
        loop("heartbeat", beat, this::beat);
        loop("fence", beat, engine.membership().fence(engine.worker()));
        loop("rescuer", RESCUE.compareTo(beat) < 0 ? RESCUE : beat, engine.rescuer()::watch);
        promote();
        loop(
                "sweeper",
                SWEEP,
                now -> {
                    engine.queue().sweep();
                    engine.groups().finishCancellations(now);
                    return false;
                });
        loop(
                "reservations",
                RESERVATIONS,
                now -> {
                    engine.reservations().endOverdue(now);
                    return false;
                });
        loop(
                "partitions",
                UPKEEP_LOOK,
                upkeep("partitions", new Partitions(engine.database())::make));
        loop(
                "retention",
                UPKEEP_LOOK,
                upkeep("retention", new Retention(engine.database(), engine.config().kept())::age));
        engine.ageing().ifPresent(this::age);
        loop("overrides", OVERRIDES, engine.overrides());
        loop("quota-alarms", ALARMS, engine.quotaAlarms());
        Loop ringer =
                new Loop("ringer", Duration.ofSeconds(1), engine.clock(), _ -> engine.bell().send())
                        .resting(RING_REST_MIN, RING_REST_MAX)
                        .start();
        loops.add(ringer);
        engine.bell().sendSoonBy(_ -> ringer.wake());
        Loop leases =
                loop(
                        "leases",
                        WATCH,
                        _ -> {
                            engine.worker().watchLeases();
                            return false;
                        });
        engine.bell().listen(leases::wake);
        startRoles();
    }

    /// One node does it each hour; when it could not do all, somebody does the rest soon.
    private Duty upkeep(String name, Predicate<Instant> work) {
        return new ClusterDuty(engine.database(), name, UPKEEP, UPKEEP_LOOK, work);
    }

    private void promote() {
        Queue queue = engine.queue();
        Loop promoter =
                new Loop("promoter", Duration.ofSeconds(1), engine.clock(), queue::promoteWhatIsDue)
                        .pausing(queue::untilDue)
                        .start();
        loops.add(promoter);
        queue.onPause(promoter::wake);
    }

    private void age(Ageing ageing) {
        Duration every = ageing.every();
        loop("ageing", every, new ClusterDuty(engine.database(), "ageing", every, every, ageing));
    }

    private void startRoles() {
        if (roles.contains(Role.SCHEDULER)) {
            backfill();
            engine.config().tick().ifPresent(this::schedule);
        }
        if (roles.contains(Role.WORKER)) {
            Loop worker =
                    new Loop(
                                    "worker",
                                    engine.config().poll(),
                                    engine.clock(),
                                    engine.worker()::runAgain)
                            .pausing(this::untilLook)
                            .start();
            loops.add(worker);
            engine.bell().listen(engine.worker()::rung);
            engine.bell().listen(worker::wake);
            engine.worker().onFreeSlot(worker::wake);
            loop("listener", Duration.ofSeconds(1), listener);
        }
    }

    private void backfill() {
        Backfiller backfiller = engine.backfiller();
        loops.add(
                new Loop("backfill", BACKFILL, engine.clock(), backfiller)
                        .pausing(_ -> backfiller.pause())
                        .start());
    }

    private void schedule(Duration tick) {
        Scheduler scheduler = engine.scheduler();
        loops.add(
                new Loop("scheduler", tick, engine.clock(), scheduler)
                        .pausing(now -> scheduler.pause(now, tick))
                        .start());
    }

    private PollPace pace() {
        return new PollPace(
                engine.config().poll(),
                listener::mode,
                engine.worker()::lastFound,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private Duration untilLook(Instant now) {
        Duration pause = pace().pause(now);
        return engine.worker()
                .untilOwedLook()
                .filter(owed -> owed.compareTo(pause) < 0)
                .orElse(pause);
    }

    /// How this node learns of others' work; empty for a node that does none, and until it is
    /// known.
    public Optional<WakeUp> wakeUp() {
        return listener.mode();
    }

    /// A heartbeat also sets this node's idea of the time right.
    private boolean beat(Instant now) {
        boolean again = engine.membership().runOnce(now);
        if (engine.clock() instanceof DatabaseClock clock) {
            engine.database().read(clock::refresh);
        }
        return again;
    }

    /// Runs another duty as long as the node runs.
    public Loop loop(String name, Duration pause, Duty duty) {
        Loop loop = new Loop(name, pause, engine.clock(), duty).start();
        loops.add(loop);
        return loop;
    }

    /// Stops taking work, waits for what runs, then stops everything else.
    ///
    /// @return false when something still ran at the end of the wait
    public boolean stop(Duration atMost) throws InterruptedException {
        if (loops.isEmpty()) {
            return true;
        }
        loops.stream()
                .filter(loop -> loop.is("scheduler") || loop.is("worker"))
                .forEach(Loop::close);
        boolean drained = engine.drain(atMost);
        loops.forEach(Loop::close);
        listener.close();
        engine.leave();
        return drained;
    }
}
