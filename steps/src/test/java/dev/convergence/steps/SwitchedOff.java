package dev.convergence.steps;

import dev.convergence.engine.step.Cancellation;
import java.util.concurrent.atomic.AtomicInteger;

/// A cancellation that comes after some looks at it.
public final class SwitchedOff implements Cancellation {

    private final AtomicInteger looks;

    private SwitchedOff(int looks) {
        this.looks = new AtomicInteger(looks);
    }

    public static SwitchedOff afterLooks(int looks) {
        return new SwitchedOff(looks);
    }

    public static SwitchedOff never() {
        return new SwitchedOff(Integer.MAX_VALUE);
    }

    @Override
    public boolean isRequested() {
        return looks.getAndDecrement() <= 0;
    }

    @Override
    public Registration onRequest(Runnable interrupt) {
        return () -> {};
    }
}
