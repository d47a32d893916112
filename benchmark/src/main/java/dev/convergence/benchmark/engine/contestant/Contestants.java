package dev.convergence.benchmark.engine.contestant;

import java.util.List;

/// All contestants, by name, in the order in which they are measured.
public final class Contestants {

    public static final String OURS = "convergence";

    /// Everybody that we can be measured against.
    public static final List<String> PEERS =
            List.of("raw", DbScheduler.LOCK_AND_FETCH, DbScheduler.FETCH, "jobrunr", "quartz");

    private Contestants() {}

    public static Contestant of(String name, String url, Sizing sizing) {
        return name.equals(OURS) ? new Convergence(url, sizing) : inProcess(name, url);
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
            default ->
                    throw new IllegalArgumentException(
                            "There is no contestant '" + name + "'; there are " + PEERS + ".");
        };
    }
}
