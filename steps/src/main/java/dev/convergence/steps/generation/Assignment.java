package dev.convergence.steps.generation;

import dev.convergence.engine.id.RunId;
import dev.convergence.engine.step.Cancellation;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a generation sees of the run that it works for.
public interface Assignment {

    RunId run();

    /// As they were asked for; nobody has checked them.
    Map<String, Object> params();

    Instant now();

    Cancellation cancellation();

    /// Adds a line to the run's log.
    void log(String line);

    /// Keeps a file of this run.
    ///
    /// @throws dev.convergence.engine.step.CancelledException when another attempt has taken over
    void store(String name, String mediaType, byte[] bytes);

    /// What completed runs of the tenant have written before, newest first.
    List<byte[]> earlier(Kind kind, int atMost);

    /// What can have been written before.
    enum Kind {
        STORY,
        CARD
    }
}
