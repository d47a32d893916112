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
/// Every file is copied before it is read, opened without following links, so that what was checked
/// is what is loaded even when somebody swaps a file for a link in between.
public final class LandingZone {

    private final Path root;

    public LandingZone(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /// Copies the files that a path or glob below the tenant's folder names.
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
        return copies(home.orElseThrow(), found, directory, intake);
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

    /// Copies everything below a folder of the tenant's landing zone; nothing there is no error.
    public List<LandedFile> below(TenantId tenant, String folder, Path directory, Intake intake)
            throws IOException {
        Optional<Path> home = home(tenant);
        if (home.isEmpty()) {
            return List.of();
        }
        List<FoundFile> found = TenantFolder.at(home.get()).find(FilePattern.below(folder));
        return copies(home.get(), found, directory, intake);
    }

    private Optional<Path> home(TenantId tenant) throws IOException {
        Path home = root.resolve(tenant.value());
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(home.toRealPath());
    }

    private static List<LandedFile> copies(
            Path home, List<FoundFile> found, Path directory, Intake intake) throws IOException {
        Files.createDirectories(directory);
        List<LandedFile> copies = new ArrayList<>();
        for (FoundFile file : found) {
            intake.cancellation().check();
            Path copy = directory.resolve("source-%05d".formatted(copies.size()));
            long bytes = SafeCopy.copy(home, file.real(), copy, intake);
            copies.add(new LandedFile(file.name(), copy, bytes));
        }
        return copies;
    }
}
