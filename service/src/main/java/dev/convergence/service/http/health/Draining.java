package dev.convergence.service.http.health;

import java.util.concurrent.atomic.AtomicBoolean;

/// Whether this node is going down: it finishes what it has and takes nothing new.
public final class Draining {

    private final AtomicBoolean begun = new AtomicBoolean();

    public void begin() {
        begun.set(true);
    }

    public boolean hasBegun() {
        return begun.get();
    }
}
