package dev.convergence.engine.loop;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A pause that can be cut short; a wake-up that comes before the pause skips it.
public final class Waiter {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean skipNext;

    public void await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long nanos = atMost.toNanos();
            while (!skipNext && nanos > 0) {
                nanos = woken.awaitNanos(nanos);
            }
            skipNext = false;
        } finally {
            lock.unlock();
        }
    }

    public void wake() {
        lock.lock();
        try {
            skipNext = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
