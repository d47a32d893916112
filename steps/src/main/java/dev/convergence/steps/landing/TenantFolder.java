package dev.convergence.steps.landing;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A search of one tenant's folder that never looks outside it.
///
/// A link may point elsewhere inside the folder; one that points out ends the search. Files whose
/// names begin with a dot are left alone: uploads in progress and the litter of file managers.
final class TenantFolder {

    private static final int DEPTH_MAX = 32;
    private static final int FILES_MAX = 10_000;

    private final Path home;
    private final List<FoundFile> found = new ArrayList<>();
    private final Set<Path> seen = new HashSet<>();

    private TenantFolder(Path home) {
        this.home = home;
    }

    static TenantFolder at(Path realHome) {
        return new TenantFolder(realHome);
    }

    /// What matches, each file once however many names it has, in the order of their names.
    List<FoundFile> find(FilePattern pattern) throws IOException {
        Path start = home.resolve(pattern.start());
        if (Files.exists(start) || Files.isSymbolicLink(start)) {
            visit(Path.of(pattern.start()), pattern, 0);
        }
        return List.copyOf(found);
    }

    private void visit(Path name, FilePattern pattern, int depth) throws IOException {
        Path real = inside(name);
        if (Files.isDirectory(real)) {
            descend(name, real, pattern, depth);
        } else if (pattern.matcher().matches(name)) {
            add(name, real);
        }
    }

    private void descend(Path name, Path real, FilePattern pattern, int depth) throws IOException {
        if (depth >= DEPTH_MAX) {
            throw refused(name, "lies too deep, or links go round in a circle");
        }
        Set<Path> children = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
            entries.forEach(entry -> children.add(entry.getFileName()));
        }
        for (Path child : children) {
            if (!child.toString().startsWith(".")) {
                visit(name.toString().isEmpty() ? child : name.resolve(child), pattern, depth + 1);
            }
        }
    }

    private void add(Path name, Path real) {
        if (!Files.isRegularFile(real)) {
            throw refused(name, "is not an ordinary file");
        }
        if (seen.add(real)) {
            found.add(new FoundFile(name.toString(), real));
        }
        if (found.size() > FILES_MAX) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: more than " + FILES_MAX + " files match; load them in parts.");
        }
    }

    private Path inside(Path name) throws IOException {
        Path real;
        try {
            real = home.resolve(name).toRealPath();
        } catch (IOException brokenLink) {
            throw refused(name, "is a link that leads nowhere");
        }
        if (!real.startsWith(home)) {
            throw refused(name, "is a link that leaves the tenant's landing zone");
        }
        return real;
    }

    private static EngineException refused(Path name, String why) {
        return new EngineException(
                ErrorCode.INVALID_PARAMETER, "file: '" + name + "' " + why + "; nothing was read.");
    }
}
