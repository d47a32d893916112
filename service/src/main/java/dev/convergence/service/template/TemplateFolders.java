package dev.convergence.service.template;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.template.Template;
import dev.convergence.engine.template.TemplateCatalog;
import dev.convergence.engine.template.TemplatePath;
import dev.convergence.service.template.TemplateReader.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Finds templates: the tenant's own first, then the operator's folder, then the bundle.
///
/// Files are read each time, which is cheap; what was read from the same text is remembered, so an
/// edit is seen at once and an unchanged file is not checked again.
public final class TemplateFolders implements TemplateCatalog {

    private static final int REMEMBERED_MAX = 1_000;

    private final TemplateReader reader;
    private final BundledTemplates bundled = new BundledTemplates();
    private final Optional<OverrideFolder> folder;
    private final Map<Key, Reading> remembered = new ConcurrentHashMap<>();

    /// @param folder `CONVERGENCE_TEMPLATE_DIR`; null for the bundle alone
    public TemplateFolders(TemplateReader reader, @Nullable Path folder) {
        this.reader = reader;
        this.folder = Optional.ofNullable(folder).map(OverrideFolder::new);
    }

    @Override
    public Optional<Template> find(TenantId tenant, TemplatePath path) {
        return reading(tenant, path).map(Reading::orRefuse);
    }

    /// What is found under a path, with its errors if it has any.
    Optional<Reading> reading(TenantId tenant, TemplatePath path) {
        return stored(tenant, path)
                .or(() -> stored(tenant, bundled.resolved(path)))
                .map(found -> remembered(found.path(), found.text()));
    }

    /// Templates with errors are left out; whoever names one is told.
    @Override
    public List<Template> list(TenantId tenant) {
        Map<String, Template> found = new TreeMap<>();
        bundled.paths().forEach(path -> add(tenant, path, found));
        folder.ifPresent(own -> {
            own.sharedPaths().forEach(path -> add(tenant, path, found));
            own.tenantPaths(tenant).forEach(path -> add(tenant, path, found));
        });
        return List.copyOf(found.values());
    }

    private void add(TenantId tenant, TemplatePath path, Map<String, Template> found) {
        reading(tenant, path)
                .flatMap(Reading::template)
                .ifPresent(template -> found.put(template.path().toString(), template));
    }

    private Optional<Key> stored(TenantId tenant, TemplatePath path) {
        return folder.flatMap(own -> own.ofTenant(tenant, path).or(() -> own.shared(path)))
                .or(() ->
                        bundled.resolved(path).equals(path) ? bundled.text(path) : Optional.empty())
                .map(text -> new Key(path, text));
    }

    private Reading remembered(TemplatePath path, String text) {
        if (remembered.size() > REMEMBERED_MAX) {
            remembered.clear();
        }
        return remembered.computeIfAbsent(
                new Key(path, text), key -> reader.read(key.path(), key.text()));
    }

    private record Key(TemplatePath path, String text) {}
}
