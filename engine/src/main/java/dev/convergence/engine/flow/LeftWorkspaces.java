package dev.convergence.engine.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The workspaces of runs whose process was killed: nobody else would ever delete them, because a
/// run's next attempt gets a workspace of another name.
public final class LeftWorkspaces {

    private static final Logger LOG = LoggerFactory.getLogger(LeftWorkspaces.class);

    private LeftWorkspaces() {}

    /// Empties the folder of workspaces; what cannot be deleted stays and is told.
    ///
    /// @param workRoot used by no living process
    public static void remove(Path workRoot) {
        if (!Files.isDirectory(workRoot)) {
            return;
        }
        try (Stream<Path> found = Files.list(workRoot)) {
            List<Path> left = found.toList();
            left.forEach(LeftWorkspaces::removeOne);
        } catch (IOException unreadable) {
            LOG.warn("The workspaces below {} could not be listed", workRoot, unreadable);
        }
    }

    private static void removeOne(Path workspace) {
        try {
            RunWorkspace.delete(workspace);
        } catch (IOException left) {
            LOG.warn("The workspace {} could not be deleted", workspace, left);
        }
    }
}
