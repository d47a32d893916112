package dev.convergence.engine.step;

import java.nio.file.Path;

/// What the steps of one run share: a directory of its own, and things that must be closed at its
/// end.
public interface Workspace {

    /// An empty directory of this run, deleted when the run ends however it ends.
    Path directory();

    /// The shared thing of a name, opened by whoever asks first and closed when the run ends.
    <T extends AutoCloseable> T shared(String name, Class<T> type, Opener<T> opener);

    /// Opens a shared thing.
    interface Opener<T> {
        T open() throws Exception;
    }
}
