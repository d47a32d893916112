package dev.convergence.service.template;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.TemplatePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The operator's folder of templates: `{provider}/{domain}/{name}.yml` for all tenants,
/// `{tenant}/{name}.yml` or `{tenant}/{provider}/{domain}/{name}.yml` for one.
///
/// A tenant's file never has three names below the folder, so no other tenant can reach it by
/// taking the tenant for a provider.
final class OverrideFolder {

    private static final String ENDING = ".yml";
    private static final int SHARED_DEPTH = 3;
    private static final int DEPTH_MAX = 8;
    private static final long BYTES_MAX = 1_000_000;

    private final Path folder;

    OverrideFolder(Path folder) {
        this.folder = folder;
    }

    Optional<String> ofTenant(TenantId tenant, TemplatePath path) {
        List<Path> matches =
                tenantFiles(tenant).stream().filter(file -> meets(tenant, file, path)).toList();
        if (matches.size() > 1) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE,
                    "There is more than one template " + path + " for this tenant; keep one.");
        }
        return matches.stream().findFirst().map(this::text);
    }

    Optional<String> shared(TemplatePath path) {
        Path file = folder.resolve(path.provider()).resolve(path.domain()).resolve(file(path));
        return Files.isRegularFile(file) ? Optional.of(text(file)) : Optional.empty();
    }

    List<TemplatePath> sharedPaths() {
        return files(folder, SHARED_DEPTH).stream()
                .map(folder::relativize)
                .filter(relative -> relative.getNameCount() == SHARED_DEPTH)
                .flatMap(relative -> path(relative).stream())
                .toList();
    }

    List<TemplatePath> tenantPaths(TenantId tenant) {
        return tenantFiles(tenant).stream()
                .map(file -> folder.resolve(tenant.value()).relativize(file))
                .filter(relative -> relative.getNameCount() == SHARED_DEPTH)
                .flatMap(relative -> path(relative).stream())
                .toList();
    }

    private List<Path> tenantFiles(TenantId tenant) {
        Path own = folder.resolve(tenant.value());
        return files(own, DEPTH_MAX).stream()
                .filter(file -> own.relativize(file).getNameCount() != SHARED_DEPTH - 1)
                .toList();
    }

    /// A file in another provider's or domain's folder is another template of the same name.
    private boolean meets(TenantId tenant, Path file, TemplatePath path) {
        Path relative = folder.resolve(tenant.value()).relativize(file);
        return file.getFileName().toString().equals(file(path))
                && (relative.getNameCount() != SHARED_DEPTH
                        || path(relative).filter(path::equals).isPresent());
    }

    private static String file(TemplatePath path) {
        return path.name() + ENDING;
    }

    private static Optional<TemplatePath> path(Path relative) {
        try {
            String name = relative.getFileName().toString();
            return Optional.of(
                    new TemplatePath(
                            relative.getName(0).toString(),
                            relative.getName(1).toString(),
                            name.substring(0, name.length() - ENDING.length())));
        } catch (EngineException otherName) {
            return Optional.empty();
        }
    }

    private static List<Path> files(Path below, int depth) {
        if (!Files.isDirectory(below)) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.find(
                        below,
                        depth,
                        (file, attributes) -> file.getFileName().toString().endsWith(ENDING))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A link may lead elsewhere in the folder, never out of it.
    private String text(Path file) {
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath()) || Files.size(real) > BYTES_MAX) {
                throw new EngineException(
                        ErrorCode.INVALID_TEMPLATE,
                        "The template lies outside the template folder or is too large.");
            }
            return Files.readString(real);
        } catch (IOException e) {
            throw new EngineException(
                    ErrorCode.INVALID_TEMPLATE, "The template's file cannot be read.", e);
        }
    }
}
