package dev.convergence.benchmark.engine.contestant;

import java.util.List;
import java.util.Optional;

/// All contestants, by name, in the order in which they are measured.
public final class Contestants {

    public static final String OURS = "convergence";

    /// Everybody that we can be measured against.
    public static final List<String> PEERS =
            List.of(
                    "raw",
                    DbScheduler.LOCK_AND_FETCH,
                    DbScheduler.FETCH,
                    "jobrunr",
                    "quartz",
                    NodePeer.GRAPHILE_WORKER,
                    NodePeer.PG_BOSS);

    private Contestants() {}

    public static Contestant of(String name, String url, Sizing sizing) {
        if (name.equals(OURS)) {
            return new Convergence(url, sizing);
        }
        return NodePeer.knows(name) ? new NodePeer(name, url) : inProcess(name, url);
    }

    public static void requireKnown(String name) {
        if (!name.equals(OURS) && !PEERS.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no contestant '" + name + "'; there are " + PEERS + ".");
        }
    }

    /// Why somebody cannot be measured on this machine; empty when he can.
    public static Optional<String> hindrance(String name) throws InterruptedException {
        return NodePeer.knows(name) ? NodePeer.hindrance(name) : Optional.empty();
    }

    /// A contestant that is to put jobs in only.
    static InProcess producer(String name, String url) {
        return name.equals(OURS) ? new Convergence(url, Sizing.DEFAULT) : inProcess(name, url);
    }

    private static InProcess inProcess(String name, String url) {
        return switch (name) {
            case "raw" -> new Raw(url);
            case DbScheduler.LOCK_AND_FETCH, DbScheduler.FETCH -> new DbScheduler(name, url);
            case "jobrunr" -> new JobRunr(url);
            case "quartz" -> new Quartz(url);
            default -> throw new IllegalArgumentException(name + " does not run on the JVM.");
        };
    }
}
