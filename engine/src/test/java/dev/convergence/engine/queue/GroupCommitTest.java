package dev.convergence.engine.queue;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who shares a transaction with whom, and what each hears of it.
class GroupCommitTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<String>> committed = new CopyOnWriteArrayList<>();
    private final CountDownLatch isSlow = new CountDownLatch(1);
    private final GroupCommit<String> commits = commits(1, 3);

    private GroupCommit<String> commits(int turns, int most) {
        return new GroupCommit<>(
                turns, most, this::commit, failure -> failure.toString().contains("bad"));
    }

    private void commit(List<String> items) {
        if (items.contains("slow")) {
            await(isSlow);
        }
        if (items.contains("fatal")) {
            throw new StackOverflowError("too deep");
        }
        for (String fault : List.of("bad", "down")) {
            if (items.contains(fault)) {
                throw new IllegalStateException("It was " + fault + ".");
            }
        }
        committed.add(items);
    }

    @AfterEach
    void close() {
        isSlow.countDown();
        threads.close();
    }

    @Test
    void a_thread_alone_commits_at_once_and_by_itself() {
        commits.commit("a");
        commits.commit("b");
        assertThat(committed).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void those_who_come_while_another_commits_share_the_next_one_in_their_order() {
        List<Future<?>> all = behindASlowOne("a", "b", "c", "d");
        isSlow.countDown();
        all.forEach(GroupCommitTest::ended);
        assertThat(committed)
                .containsExactly(List.of("slow"), List.of("a", "b", "c"), List.of("d"));
    }

    @Test
    void with_two_turns_nobody_waits_for_one_that_is_slow() {
        GroupCommit<String> two = commits(2, 3);
        Future<?> slow = threads.submit(() -> two.commit("slow"));
        two.commit("a");
        assertThat(committed).containsExactly(List.of("a"));
        isSlow.countDown();
        ended(slow);
    }

    @Test
    void one_that_is_refused_fails_alone() {
        List<Future<?>> all = behindASlowOne("a", "bad", "c");
        isSlow.countDown();
        assertThatThrownBy(() -> all.get(2).get()).hasMessageContaining("It was bad.");
        ended(all.get(1));
        ended(all.get(3));
        assertThat(committed).containsExactly(List.of("slow"), List.of("a"), List.of("c"));
    }

    @Test
    void a_failure_that_may_have_left_something_behind_is_everybodys() {
        List<Future<?>> all = behindASlowOne("a", "down", "c");
        isSlow.countDown();
        ended(all.getFirst());
        all.subList(1, 4)
                .forEach(one -> assertThatThrownBy(one::get).hasMessageContaining("It was down."));
        assertThat(committed).containsExactly(List.of("slow"));
    }

    @Test
    void after_an_error_nobody_waits_for_ever_and_the_turn_is_free() {
        List<Future<?>> all = behindASlowOne("fatal", "b");
        isSlow.countDown();
        assertThatThrownBy(() -> all.get(1).get()).hasRootCauseMessage("too deep");
        assertThatThrownBy(() -> all.get(2).get()).hasRootCauseMessage("too deep");
        commits.commit("later");
        assertThat(committed).endsWith(List.of("later"));
    }

    @Test
    void of_many_threads_each_item_is_committed_once() {
        List<Future<?>> all = new ArrayList<>();
        GroupCommit<String> two = commits(2, 10);
        List<String> items = IntStream.range(0, 5_000).mapToObj(String::valueOf).toList();
        items.forEach(item -> all.add(threads.submit(() -> two.commit(item))));
        all.forEach(GroupCommitTest::ended);
        assertThat(committed.stream().flatMap(List::stream))
                .hasSameElementsAs(items)
                .hasSize(5_000);
    }

    /// The first is the slow one's; each of the others waits before the next comes.
    private List<Future<?>> behindASlowOne(String... items) {
        List<Future<?>> all =
                new ArrayList<>(List.of(threads.submit(() -> commits.commit("slow"))));
        eventually("it has the turn", SOON, () -> commits.taken() == 1);
        for (String item : items) {
            all.add(threads.submit(() -> commits.commit(item)));
            eventually("it waits", SOON, () -> commits.waiting() == all.size() - 1);
        }
        return all;
    }

    private static void ended(Future<?> future) {
        try {
            future.get();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
