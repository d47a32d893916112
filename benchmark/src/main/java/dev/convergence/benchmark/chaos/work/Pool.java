package dev.convergence.benchmark.chaos.work;

import java.util.Locale;

/// The installation's resources that some jobs hold while they run.
public enum Pool {
    NARROW(1),
    WIDE(3);

    private final int capacity;

    Pool(int capacity) {
        this.capacity = capacity;
    }

    public int capacity() {
        return capacity;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
