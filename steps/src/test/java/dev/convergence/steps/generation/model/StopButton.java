package dev.convergence.steps.generation.model;

import dev.convergence.engine.step.Cancellation;
import java.util.concurrent.atomic.AtomicReference;

/// A cancellation that a test presses.
public final class StopButton implements Cancellation {

    private final AtomicReference<Runnable> interrupt = new AtomicReference<>(() -> {});
    private volatile boolean pressed;

    @Override
    public boolean isRequested() {
        return pressed;
    }

    @Override
    public Registration onRequest(Runnable work) {
        interrupt.set(work);
        if (pressed) {
            work.run();
        }
        return () -> interrupt.compareAndSet(work, () -> {});
    }

    public void press() {
        pressed = true;
        interrupt.get().run();
    }
}
