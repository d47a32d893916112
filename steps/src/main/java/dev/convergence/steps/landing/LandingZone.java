package dev.convergence.steps.landing;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder that holds one folder for each tenant, into which bills are put.
///
/// Every file gets a name in the run's directory before it is read, or a copy there, without
/// following links: what was checked is what is loaded, even when somebody swaps a file for a link
/// in between.
public final class LandingZone {

    private final Path root;

    public LandingZone(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /// Brings the files that a path or glob below the tenant's folder names.
    ///
    /// @throws EngineException INVALID_PARAMETER when the pattern or a link leaves the folder, or
    ///   nothing is there
    public List<LandedFile> named(TenantId tenant, String pattern, Path directory, Intake intake)
            throws IOException {
        FilePattern wanted = FilePattern.of(pattern);
        List<FoundFile> found = new ArrayList<>();
        Optional<Path> home = home(tenant);
        if (home.isPresent()) {
            found.addAll(TenantFolder.at(home.get()).find(wanted));
        }
        if (found.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    "file: nothing in the landing zone matches '" + pattern + "'.");
        }
        return brought(home.orElseThrow(), found, directory, intake);
    }

    /// Deletes a tenant's folder with all that is in it; links are deleted, not followed.
    public void remove(TenantId tenant) {
        Path folder = root.resolve(tenant.value());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The landing folder could not be deleted", failure);
        }
    }

    /// Brings everything below a folder of the tenant's landing zone; nothing there is no error.
    public List<LandedFile> below(TenantId tenant, String folder, Path directory, Intake intake)
            throws IOException {
        Optional<Path> home = home(tenant);
        if (home.isEmpty()) {
            return List.of();
        }
        List<FoundFile> found = TenantFolder.at(home.get()).find(FilePattern.below(folder));
        return brought(home.get(), found, directory, intake);
    }

    private Optional<Path> home(TenantId tenant) throws IOException {
        Path home = root.resolve(tenant.value());
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(home.toRealPath());
    }

    private static List<LandedFile> brought(
            Path home, List<FoundFile> found, Path directory, Intake intake) throws IOException {
        Files.createDirectories(directory);
        List<LandedFile> files = new ArrayList<>();
        for (FoundFile file : found) {
            intake.cancellation().check();
            Path target = directory.resolve("source-%05d".formatted(files.size()));
            files.add(SafeEntry.bring(home, file, target, intake));
        }
        return files;
    }
}
