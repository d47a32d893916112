package dev.convergence.engine.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Commits what threads bring one by one; each waits until its own is committed. Those who come
/// while all turns are taken share the next transaction.
///
/// Whoever finds a turn free has it at once: a thread alone waits for nobody. A turn is for one
/// transaction, then another's: no thread works for others for long.
final class GroupCommit<T> {

    private final int turns;
    private final int most;
    private final Consumer<List<T>> commit;
    private final Predicate<RuntimeException> isOfOne;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Brought<T>> waiting = new ArrayDeque<>();
    private int taken;

    /// @param turns how many transactions there may be at once
    /// @param most so many share one
    /// @param isOfOne whether a failure may be due to one of several, none of them committed; then
    ///   each is tried by itself
    GroupCommit(
            int turns, int most, Consumer<List<T>> commit, Predicate<RuntimeException> isOfOne) {
        this.turns = turns;
        this.most = most;
        this.commit = commit;
        this.isOfOne = isOfOne;
    }

    /// Returns once the item is committed, and fails as its transaction did.
    void commit(T item) {
        Brought<T> mine = new Brought<>(item);
        if (takesTurn(mine) || mine.awaitsTurn()) {
            takeAlong(mine);
        }
        mine.end();
    }

    private boolean takesTurn(Brought<T> mine) {
        lock.lock();
        try {
            if (taken == turns) {
                waiting.add(mine);
                return false;
            }
            taken++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void takeAlong(Brought<T> mine) {
        List<Brought<T>> all = withThoseWhoWait(mine);
        try {
            commitTogether(all);
        } catch (Error broken) {
            all.forEach(one -> one.fail(new IllegalStateException("Not put in.", broken)));
            throw broken;
        } finally {
            passTurn();
        }
    }

    private List<Brought<T>> withThoseWhoWait(Brought<T> mine) {
        List<Brought<T>> all = new ArrayList<>(List.of(mine));
        lock.lock();
        try {
            while (all.size() < most && !waiting.isEmpty()) {
                all.add(waiting.remove());
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void commitTogether(List<Brought<T>> all) {
        try {
            commit.accept(all.stream().map(one -> one.item).toList());
            all.forEach(Brought::succeed);
        } catch (RuntimeException failure) {
            if (all.size() > 1 && isOfOne.test(failure)) {
                all.forEach(one -> commitTogether(List.of(one)));
            } else {
                all.forEach(one -> one.fail(failure));
            }
        }
    }

    private void passTurn() {
        lock.lock();
        try {
            if (waiting.isEmpty()) {
                taken--;
            } else {
                waiting.remove().giveTurn();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many turns are taken, for tests.
    int taken() {
        lock.lock();
        try {
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// How many wait for one, for tests.
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// What a thread brought, and how that went.
    private static final class Brought<T> {

        private final T item;
        private final CompletableFuture<Boolean> turn = new CompletableFuture<>();
        private @Nullable RuntimeException failure; // written before the turn, read after it

        Brought(T item) {
            this.item = item;
        }

        /// False when another has taken it along.
        boolean awaitsTurn() {
            return turn.join();
        }

        void giveTurn() {
            turn.complete(true);
        }

        void succeed() {
            turn.complete(false);
        }

        void fail(RuntimeException reason) {
            failure = reason;
            turn.complete(false);
        }

        void end() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
