package dev.convergence.steps.landing;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;

/// A file in the run's own directory: a copy, or a second name of a file of the landing zone, which
/// somebody may write into while it is read.
public final class LandedFile {

    private final String name;
    private final Path path;
    private final FileStamp stamp;

    private LandedFile(String name, Path path, FileStamp stamp) {
        this.name = name;
        this.path = path;
        this.stamp = stamp;
    }

    /// @param name what people and lineage see; of the landing zone the path below the tenant's
    ///   folder
    /// @param path what is read
    public static LandedFile of(String name, Path path) throws IOException {
        return new LandedFile(name, path, FileStamp.of(path));
    }

    public String name() {
        return name;
    }

    public Path path() {
        return path;
    }

    public long bytes() {
        return stamp.bytes();
    }

    /// @throws EngineException SERVICE_UNAVAILABLE when it is no longer what it was: what was read
    ///   of it may be neither the old nor the new
    public void requireUnchanged() throws IOException {
        if (!FileStamp.of(path).equals(stamp)) {
            throw changed(name);
        }
    }

    static EngineException changed(String name) {
        return new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "file: " + name + " was written to while it was read; nothing of it was loaded.");
    }
}
