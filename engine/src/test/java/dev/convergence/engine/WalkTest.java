package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.group.GroupMode;
import dev.convergence.engine.group.OnFailure;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;

/// Four nodes and three tenants do whatever may happen in whatever order; a model says what must
/// come of it.
///
/// The seed is printed; `-Dconvergence.walk.seed=…` walks the same way again, and
/// `-Dconvergence.walk=100000` further. A failure prints the shortest chain that was found.
class WalkTest {

    private static final int WALKS = 10;
    private static final int STEPS_DEFAULT = 10_000;
    private static final int STEPS = Integer.getInteger("convergence.walk", STEPS_DEFAULT) / WALKS;
    private static final long SEED = Long.getLong("convergence.walk.seed", System.nanoTime());
    private static final int SIZE = 1_000;

    /// A walk that never came by one of these would prove little.
    private static final List<String> MUST_BE_SEEN =
            List.of("claimed", "parked", "COMPLETED", "FAILED", "CANCELLED", "retries", "groups");

    /// These are so rare that a short walk may miss one.
    private static final List<String> MUST_BE_SEEN_ON_LONG_WALKS =
            List.of(
                    "SKIPPED",
                    "changes refused",
                    "claims of the dead",
                    "direct",
                    "dropped members",
                    "expired",
                    "groups cancelled",
                    "late finishes",
                    "moved",
                    "patched",
                    "permits kept of the lost",
                    "promoted",
                    "released",
                    "reordered",
                    "reprioritised",
                    "rescued",
                    "reservations refused",
                    "reserved");

    private static final int LONG = 500;

    private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();

    private @Nullable Walk walk;

    @Property(tries = WALKS, shrinking = ShrinkingMode.BOUNDED)
    void every_step_of_several_nodes_is_lawful(@ForAll("walks") ActionChain<Walk> walks) {
        walks.run();
    }

    @BeforeContainer
    static void say_the_seed() {
        System.out.printf(
                "%d walks of %d steps; again with -Dconvergence.walk.seed=%d%n",
                WALKS, STEPS, SEED);
    }

    @AfterTry
    void the_books_are_in_order() throws InterruptedException {
        Walk last = walk;
        walk = null;
        if (last != null) {
            last.tally().forEach((what, times) -> SEEN.merge(what, times, Integer::sum));
            last.close();
        }
    }

    @AfterContainer
    static void everything_has_been_seen() {
        System.out.println("The walks saw " + new TreeMap<>(SEEN));
        assertThat(SEEN).containsKeys(MUST_BE_SEEN.toArray(String[]::new));
        if (STEPS >= LONG) {
            assertThat(SEEN).containsKeys(MUST_BE_SEEN_ON_LONG_WALKS.toArray(String[]::new));
        }
    }

    private Walk begin() {
        Walk begun = new Walk();
        walk = begun;
        return begun;
    }

    /// Drawn from a seed of our own, which can be given; shrunk as jqwik shrinks.
    @Provide
    Arbitrary<ActionChain<Walk>> walks() {
        Random random = new Random(SEED);
        RandomGenerator<ActionChain<Walk>> chains = chains().generator(SIZE);
        return Arbitraries.fromGenerator(_ -> chains.next(random));
    }

    private ActionChainArbitrary<Walk> chains() {
        return ActionChain.startWith(this::begin)
                .withAction(10, enqueues())
                .withAction(14, of("node %d claims %d", 4, 4, Walk::claim))
                .withAction(2, of("node %d claims all", 4, Walk::claimAll))
                .withAction(16, settles())
                .withAction(4, of("stalled execution %d goes on", 20, Walk::wake))
                .withAction(
                        4, of("%d s pass", List.of(1, 1, 5, 5, 10, 10, 20, 31, 300), Walk::advance))
                .withAction(4, of("pauses end", Walk::promote))
                .withAction(5, of("all beat", Walk::beatAll))
                .withAction(2, of("node %d beats", 4, Walk::beat))
                .withAction(2, of("node %d crashes", 4, Walk::crash))
                .withAction(2, of("a node joins", Walk::addNode))
                .withAction(4, of("node %d rescues", 4, Walk::rescue))
                .withAction(2, of("node %d sweeps", 4, Walk::sweep))
                .withAction(2, of("job %d is cancelled", 20, (w, n) -> on(w).cancel(n)))
                .withAction(1, of("tenant %d pauses", 3, (w, n) -> on(w).pause(n)))
                .withAction(3, of("tenant %d resumes", 3, (w, n) -> on(w).resume(n)))
                .withAction(1, of("tenant %d may run %d", 3, 3, (w, n, max) -> on(w).limit(n, max)))
                .withAction(
                        2,
                        of("job %d gets priority %d", 20, 3, (w, n, p) -> on(w).reprioritise(n, p)))
                .withAction(
                        2, of("job %d moves to %d00", 20, 4, (w, n, p) -> on(w).move(n, 100L * p)))
                .withAction(
                        2,
                        of(
                                "job %d needs another pool",
                                20, 3, (w, n, p) -> on(w).needs(n, POOLS[p - 1])))
                .withAction(2, reorders())
                .withAction(4, groups())
                .withAction(1, of("group %d is cancelled", 8, (w, n) -> on(w).cancelGroup(n)))
                .withAction(1, of("cancellations are finished", w -> on(w).finishCancellations()))
                .withAction(2, of("tenant %d reserves, kind %d", 3, 4, WalkTest::reserve))
                .withAction(2, of("tenant %d releases", 3, (w, n) -> on(w).release(n)))
                .withAction(2, of("reservations end", w -> on(w).expire()))
                .withAction(
                        3,
                        of(
                                "tenant %d executes directly, pool %d",
                                3, 3, (w, n, p) -> on(w).direct(n, POOLS[p - 1])))
                .withMaxTransformations(STEPS);
    }

    private static final @Nullable String[] POOLS = {null, "ollama-local", "gpu"};

    private static WalkOfPeople on(Walk walk) {
        return WalkOfPeople.on(walk);
    }

    private static void reserve(Walk walk, int tenant, int kind) {
        on(walk).reserve(tenant, kind < 3 ? 60 : 5, kind % 2 == 0);
    }

    private static Action.Independent<Walk> reorders() {
        return () ->
                Combinators.combine(
                                Arbitraries.integers().between(0, 2),
                                Arbitraries.integers().between(1, 3),
                                Arbitraries.longs().between(1, Long.MAX_VALUE))
                        .as((tenant, priority, wish) ->
                                step(
                                        "tenant %d orders its level %d by %d"
                                                .formatted(tenant, priority, wish),
                                        walk -> on(walk).reorder(tenant, priority, wish)));
    }

    private static Action.Independent<Walk> groups() {
        return () ->
                Combinators.combine(
                                wishes().list().ofMinSize(1).ofMaxSize(4),
                                Arbitraries.of(GroupMode.class),
                                Arbitraries.of(OnFailure.class))
                        .as((wishes, mode, onFailure) ->
                                step(
                                        "group %s %s %s".formatted(mode, onFailure, wishes),
                                        walk -> on(walk).group(wishes, mode, onFailure)));
    }

    private static Arbitrary<Walk.Wish> wishes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of("ollama-local", "gpu").injectNull(0.6))
                .as(Walk.Wish::new);
    }

    /// A step that may be interrupted, as the engine's own calls may.
    @FunctionalInterface
    private interface Step {
        void take(Walk walk) throws InterruptedException;
    }

    @FunctionalInterface
    private interface NumberedStep {
        void take(Walk walk, int number) throws InterruptedException;
    }

    @FunctionalInterface
    private interface DoublyNumberedStep {
        void take(Walk walk, int which, int value) throws InterruptedException;
    }

    private static Transformer<Walk> step(String what, Step step) {
        return Transformer.mutate(
                what,
                walk -> {
                    try {
                        step.take(walk);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(interrupted);
                    }
                });
    }

    private static Action.Independent<Walk> of(String what, Step step) {
        return () -> Arbitraries.just(step(what, step));
    }

    private static Action.Independent<Walk> of(String what, int numbers, NumberedStep step) {
        return of(what, IntStream.range(0, numbers).boxed().toList(), step);
    }

    private static Action.Independent<Walk> of(
            String what, List<Integer> numbers, NumberedStep step) {
        return () ->
                Arbitraries.of(numbers)
                        .map(n -> step(what.formatted(n), walk -> step.take(walk, n)));
    }

    /// @param values how many there are, from 1 on
    private static Action.Independent<Walk> of(
            String what, int numbers, int values, DoublyNumberedStep step) {
        return () ->
                Combinators.combine(
                                Arbitraries.integers().between(0, numbers - 1),
                                Arbitraries.integers().between(1, values))
                        .as((n, value) ->
                                step(what.formatted(n, value), walk -> step.take(walk, n, value)));
    }

    /// More than half of the executions succeed.
    private static Action.Independent<Walk> settles() {
        Arbitrary<End> ends =
                Arbitraries.frequency(
                        Tuple.of(5, End.COMPLETED),
                        Tuple.of(3, End.FAILED),
                        Tuple.of(1, End.HOPELESS),
                        Tuple.of(1, End.SKIPPED));
        return () ->
                Combinators.combine(Arbitraries.integers().between(0, 19), ends)
                        .as((n, end) ->
                                step(
                                        "execution " + n + " ends " + end,
                                        walk -> walk.settle(n, end)));
    }

    private static Action.Independent<Walk> enqueues() {
        Arbitrary<Boolean> isTold = Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false));
        return () ->
                Combinators.combine(wishes().list().ofMinSize(1).ofMaxSize(6), isTold)
                        .as((wishes, told) ->
                                step(
                                        "enqueue " + wishes + (told ? "" : ", nobody is told"),
                                        walk -> walk.enqueue(wishes, told)));
    }
}
