package dev.convergence.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// The file that holds the contexts; only its owner may read it, because it holds keys.
record ContextFile(Path path) {

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    Contexts read() {
        if (!Files.exists(path)) {
            return Contexts.NONE;
        }
        try {
            String text = Files.readString(path);
            return text.isBlank() ? Contexts.NONE : Contexts.of(Tree.read(new YAMLFactory(), text));
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw Failure.usage(
                    path + " cannot be read as contexts.",
                    "Mend or remove it; convergence config set-context makes it anew.");
        }
    }

    /// The new file takes the old one's place in one step, so no reader finds half of it.
    void write(Contexts contexts) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder, PRIVATE_FOLDER);
            Path fresh = Files.createTempFile(folder, "config", ".yaml", PRIVATE);
            Files.writeString(fresh, Yaml.text(contexts));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw new Failure(Exit.FAILED, path + " cannot be written: " + e.getMessage());
        } catch (IOException e) {
            throw new Failure(Exit.FAILED, path + " cannot be written.");
        }
    }

    /// Whether somebody else on this machine could read the keys in it.
    boolean isOpen() {
        return isOpen(path);
    }

    static boolean isOpen(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .anyMatch(permission -> !permission.name().startsWith("OWNER_"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
