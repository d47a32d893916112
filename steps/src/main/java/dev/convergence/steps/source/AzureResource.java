package dev.convergence.steps.source;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a resource id of Azure says: behind the last `/providers/` stands a name space, then types
/// and names by turns.
final class AzureResource {

    private static final String PROVIDERS = "/providers/";

    private AzureResource() {}

    static @Nullable String type(SourceRow row) {
        String given = row.text("ResourceType");
        List<String> id = behindProviders(row);
        if (given != null || id.size() < 3) {
            return given == null ? row.text("ConsumedService") : given;
        }
        StringBuilder type = new StringBuilder(id.getFirst());
        for (int i = 1; i < id.size(); i += 2) {
            type.append('/').append(id.get(i));
        }
        return type.toString().toLowerCase(Locale.ROOT);
    }

    static @Nullable String name(SourceRow row) {
        String given = row.text("ResourceName");
        List<String> id = behindProviders(row);
        return given != null || id.size() < 3 ? given : id.getLast();
    }

    private static List<String> behindProviders(SourceRow row) {
        String id = row.text("ResourceId", "InstanceId");
        int start = id == null ? -1 : id.toLowerCase(Locale.ROOT).lastIndexOf(PROVIDERS);
        return id == null || start < 0
                ? List.of()
                : List.of(id.substring(start + PROVIDERS.length()).split("/"));
    }
}
