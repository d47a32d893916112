package dev.convergence.benchmark.chaos.attack;

import dev.convergence.benchmark.chaos.victim.Fleet;
import dev.convergence.benchmark.chaos.victim.NodeProcess;
import dev.convergence.benchmark.chaos.victim.Postgres;
import dev.convergence.engine.loop.Waiter;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/// Attacks one after the other, in an order and with lengths that the seed decides.
public final class Storm {

    private static final Duration STOP_MAX = Duration.ofSeconds(40);
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long SKEW_SECONDS = 300;

    private final Fleet fleet;
    private final Postgres postgres;
    private final Jdbi jdbi;
    private final Connections connections;
    private final DatabaseTime time;
    private final Duration lease;
    private final List<Attack> attacks;
    private final Random dice;
    private final PrintStream log;
    private final List<Stroke> strokes = new ArrayList<>();
    private final List<Death> deaths = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public Storm(
            Fleet fleet,
            Postgres postgres,
            Jdbi jdbi,
            DatabaseTime time,
            Duration lease,
            Set<Attack> attacks,
            long seed,
            PrintStream log) {
        this.fleet = fleet;
        this.postgres = postgres;
        this.jdbi = jdbi;
        this.connections = new Connections(jdbi, postgres.url());
        this.time = time;
        this.lease = lease;
        this.attacks =
                attacks.stream().filter(attack -> attack != Attack.SNAPSHOT).sorted().toList();
        this.dice = new Random(seed);
        this.log = log;
    }

    public List<Stroke> strokes() {
        return List.copyOf(strokes);
    }

    public List<Death> deaths() {
        return List.copyOf(deaths);
    }

    /// What nodes did wrong while they were attacked, as far as the storm itself could see.
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /// Every attack once in a shuffled order, then all of them again, until the time is over.
    public void rage(Duration howLong) throws IOException, InterruptedException {
        long end = System.nanoTime() + howLong.toNanos();
        boolean every = false;
        while (!every || System.nanoTime() < end) {
            List<Attack> order = new ArrayList<>(attacks);
            Collections.shuffle(order, dice);
            for (Attack attack : order) {
                if (!every || System.nanoTime() < end) {
                    pause(500, 2_500);
                    strike(attack);
                }
            }
            every = true;
            if (order.isEmpty()) {
                pause(500, 500);
            }
        }
    }

    private void strike(Attack attack) throws IOException, InterruptedException {
        if (attack.cutsOff()) {
            awaitStarted();
        }
        fleet.revive().forEach(life -> faults.add("node " + life + " died by itself"));
        Instant from = time.now();
        String what =
                switch (attack) {
                    case KILL -> kill();
                    case FREEZE -> freeze();
                    case POSTGRES_RESTART -> restartPostgres();
                    case POSTGRES_KILL -> killPostgres();
                    case TERMINATE -> terminate();
                    case EXHAUST -> exhaust();
                    case SKEW -> skew();
                    case SNAPSHOT -> throw new IllegalStateException("It is held all the time.");
                };
        strokes.add(new Stroke(attack, what, from, time.now()));
        log.printf("  %5.1f s  %s: %s%n", time.since().toMillis() / 1000.0, attack.word(), what);
    }

    private static final String STARTED = "SELECT life FROM ledger.life";

    /// A node that cannot reach its database while it starts gives up, as a program should; so that
    /// is not what is tested.
    private void awaitStarted() throws InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        List<String> present = fleet.present();
        while (System.nanoTime() < deadline
                && !jdbi.withHandle(h -> h.createQuery(STARTED).mapTo(String.class).set())
                        .containsAll(present)) {
            new Waiter().await(LOOK);
        }
    }

    private String kill() throws IOException, InterruptedException {
        List<String> killed = new ArrayList<>();
        for (int count = 2 + dice.nextInt(2); count > 0; count--) {
            int number = dice.nextInt(fleet.size());
            NodeProcess node = fleet.node(number);
            deaths.add(new Death(node.life(), time.now(), node.isFar()));
            node.kill();
            killed.add(node.life() + (node.isFar() ? " (far)" : ""));
            pause(100, 1_500);
            fleet.start(number, 0);
            pause(1_500, 3_000);
        }
        return "kill -9 of " + String.join(", ", killed);
    }

    private String freeze() throws InterruptedException {
        NodeProcess node = fleet.node(dice.nextInt(fleet.size()));
        boolean beyond = dice.nextInt(4) > 0;
        long whole = lease.toMillis();
        Duration length =
                Duration.ofMillis(
                        beyond
                                ? whole + 1_000 + dice.nextInt(3_000)
                                : whole / 4 + dice.nextInt((int) whole / 4));
        node.freeze();
        new Waiter().await(length);
        node.thaw();
        return "%s for %.1f s%s"
                .formatted(
                        node.life(),
                        length.toMillis() / 1000.0,
                        beyond ? ", beyond its lease" : "");
    }

    private String restartPostgres() throws IOException, InterruptedException {
        postgres.stop();
        Duration away = pause(0, 2_000);
        postgres.restart();
        return "stopped for %.1f s".formatted(away.toMillis() / 1000.0);
    }

    private String killPostgres() throws IOException, InterruptedException {
        postgres.kill();
        Duration away = pause(0, 1_000);
        postgres.restart();
        return "kill -9 of all its processes, back after %.1f s and a recovery"
                .formatted(away.toMillis() / 1000.0);
    }

    private String terminate() throws InterruptedException {
        Duration length = Duration.ofMillis(2_000 + dice.nextInt(2_000));
        return "%d connections cut off in %.1f s"
                .formatted(connections.terminate(length), length.toMillis() / 1000.0);
    }

    private String exhaust() throws InterruptedException {
        Duration length = Duration.ofMillis(2_000 + dice.nextInt((int) lease.toMillis()));
        if (dice.nextBoolean()) {
            int held = connections.occupy(length);
            return "all connections of the server for %.1f s, %d of them"
                    .formatted(length.toMillis() / 1000.0, held);
        }
        NodeProcess node = fleet.node(dice.nextInt(fleet.size()));
        node.tell("exhaust " + length.toMillis());
        new Waiter().await(length);
        return "the pool of %s for %.1f s".formatted(node.life(), length.toMillis() / 1000.0);
    }

    private String skew() throws IOException, InterruptedException {
        int number = dice.nextInt(fleet.size());
        NodeProcess node = fleet.node(number);
        node.tell("stop");
        if (!node.endsWell(STOP_MAX)) {
            faults.add("node " + node.life() + " was asked to leave and did not leave well");
            node.kill();
        }
        long seconds = dice.nextBoolean() ? SKEW_SECONDS : -SKEW_SECONDS;
        NodeProcess next = fleet.start(number, seconds);
        pause(1_500, 2_500);
        return "%s left, %s came with a clock that is %+d s off"
                .formatted(node.life(), next.life(), seconds);
    }

    private Duration pause(int millisMin, int millisMax) throws InterruptedException {
        Duration length = Duration.ofMillis(millisMin + dice.nextInt(millisMax - millisMin + 1));
        new Waiter().await(length);
        return length;
    }
}
