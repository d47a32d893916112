package dev.convergence.benchmark.chaos.attack;

import java.util.Locale;

/// What can be done to the victims.
public enum Attack {
    /// kill -9 of nodes, one after the other, each started again.
    KILL,
    /// SIGSTOP of a node, beyond its lease or short of it, then SIGCONT.
    FREEZE,
    /// PostgreSQL is stopped fast and started again.
    POSTGRES_RESTART,
    /// Every process of PostgreSQL is killed; it recovers.
    POSTGRES_KILL,
    /// The engine's connections are terminated, again and again for some seconds.
    TERMINATE,
    /// All connections of a node's pool are held, or all that the server has.
    EXHAUST,
    /// A node leaves in order and comes back with a clock that is minutes off.
    SKEW,
    /// One transaction keeps its snapshot for the whole run.
    SNAPSHOT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Attack of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// Whether PostgreSQL itself, or the way to it, is the victim.
    public boolean cutsOff() {
        return switch (this) {
            case POSTGRES_RESTART, POSTGRES_KILL, TERMINATE, EXHAUST -> true;
            case KILL, FREEZE, SKEW, SNAPSHOT -> false;
        };
    }
}
