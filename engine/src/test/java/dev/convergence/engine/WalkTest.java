package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;

/// Several nodes do whatever may happen in whatever order; a model says what must come of it.
///
/// A failure prints its seed and the shortest chain that was found; `@Property(seed = …)` runs it
/// again. `-Dconvergence.walk=10000` walks further.
class WalkTest {

    private static final int WALKS = 8;
    private static final int STEPS_DEFAULT = 1000;
    private static final int STEPS = Integer.getInteger("convergence.walk", STEPS_DEFAULT) / WALKS;

    /// A walk that never came by one of these would prove little.
    private static final List<String> MUST_BE_SEEN =
            List.of("claimed", "parked", "COMPLETED", "FAILED", "CANCELLED", "retries", "promoted");

    /// These are so rare that a short walk may miss one.
    private static final List<String> MUST_BE_SEEN_ON_LONG_WALKS =
            List.of("SKIPPED", "rescued", "late finishes", "claims of the dead");

    private static final int LONG = 1000;

    private static final Map<String, Integer> SEEN = new ConcurrentHashMap<>();

    private @Nullable Walk walk;

    @Property(tries = WALKS, shrinking = ShrinkingMode.BOUNDED)
    void every_step_of_several_nodes_is_lawful(@ForAll("walks") ActionChain<Walk> walks) {
        walks.run();
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

    @Provide
    Arbitrary<ActionChain<Walk>> walks() {
        return ActionChain.startWith(this::begin)
                .withAction(10, enqueues())
                .withAction(14, of("node %d claims %d", 3, 4, Walk::claim))
                .withAction(2, of("node %d claims all", 3, Walk::claimAll))
                .withAction(16, settles())
                .withAction(4, of("stalled execution %d goes on", 20, Walk::wake))
                .withAction(2, of("job %d is cancelled", 20, Walk::cancel))
                .withAction(4, of("%d s pass", List.of(1, 1, 5, 5, 10, 10, 20, 31), Walk::advance))
                .withAction(4, of("pauses end", Walk::promote))
                .withAction(5, of("all beat", Walk::beatAll))
                .withAction(2, of("node %d beats", 3, Walk::beat))
                .withAction(2, of("node %d crashes", 3, Walk::crash))
                .withAction(2, of("a node joins", Walk::addNode))
                .withAction(4, of("node %d rescues", 3, Walk::rescue))
                .withAction(2, of("node %d sweeps", 3, Walk::sweep))
                .withAction(1, of("tenant %d pauses", 3, Walk::pause))
                .withAction(3, of("tenant %d resumes", 3, Walk::resume))
                .withAction(1, of("tenant %d may run %d", 3, 3, Walk::limit))
                .withMaxTransformations(STEPS);
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
        Arbitrary<Walk.Wish> wish =
                Combinators.combine(
                                Arbitraries.integers().between(0, 2),
                                Arbitraries.integers().between(1, 3),
                                Arbitraries.of("ollama-local", "gpu").injectNull(0.6))
                        .as(Walk.Wish::new);
        Arbitrary<Boolean> isTold = Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false));
        return () ->
                Combinators.combine(wish.list().ofMinSize(1).ofMaxSize(6), isTold)
                        .as((wishes, told) ->
                                step(
                                        "enqueue " + wishes + (told ? "" : ", nobody is told"),
                                        walk -> walk.enqueue(wishes, told)));
    }
}
