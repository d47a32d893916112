package dev.convergence.engine.slot;

/// An instant has its outcome already, so the transaction that would give it another is undone.
public final class SlotTaken extends RuntimeException {

    SlotTaken() {
        super("An instant has its outcome already.", null, false, false);
    }
}
