package dev.convergence.engine.flow;

import dev.convergence.engine.step.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A run's directory and open things; gone when the run ends.
final class RunWorkspace implements Workspace, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunWorkspace.class);

    private final Path directory;
    private final Map<String, AutoCloseable> shared = new HashMap<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private RunWorkspace(Path directory) {
        this.directory = directory;
    }

    /// Makes an empty directory for a run; what an earlier process left under the name is removed.
    static RunWorkspace open(Path root, String name) {
        Path directory = root.resolve(name);
        try {
            delete(directory);
            Files.createDirectories(directory);
            return new RunWorkspace(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException("The run's workspace could not be made", failure);
        }
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public synchronized <T extends AutoCloseable> T shared(
            String name, Class<T> type, Opener<T> opener) {
        AutoCloseable present = shared.get(name);
        if (present != null) {
            return type.cast(present);
        }
        try {
            T fresh = opener.open();
            shared.put(name, fresh);
            opened.push(fresh);
            return fresh;
        } catch (Exception failure) {
            throw new IllegalStateException("'" + name + "' could not be opened", failure);
        }
    }

    @Override
    public synchronized void close() {
        opened.forEach(RunWorkspace::closeQuietly);
        try {
            delete(directory);
        } catch (IOException left) {
            LOG.warn("The workspace {} could not be deleted", directory, left);
        }
    }

    private static void closeQuietly(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception failure) {
            LOG.warn("A shared thing of a run did not close", failure);
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
