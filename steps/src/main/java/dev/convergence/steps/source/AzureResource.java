package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a resource id of Azure says: behind the last `/providers/` stands a name space, then types
/// and names by turns.
public final class AzureResource {

    private static final String PROVIDERS = "/providers/";

    private AzureResource() {}

    /// A resource's type and name.
    ///
    /// @param written the id, the type, the consuming service and the name, as a line has them
    public static List<@Nullable String> read(List<@Nullable String> written) {
        List<String> id = behindProviders(written.getFirst());
        return Arrays.asList(type(id, written.get(1), written.get(2)), name(id, written.get(3)));
    }

    private static @Nullable String type(
            List<String> id, @Nullable String given, @Nullable String service) {
        if (given != null || id.size() < 3) {
            return given == null ? service : given;
        }
        StringBuilder type = new StringBuilder(id.getFirst());
        for (int i = 1; i < id.size(); i += 2) {
            type.append('/').append(id.get(i));
        }
        return type.toString().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(List<String> id, @Nullable String given) {
        return given != null || id.size() < 3 ? given : id.getLast();
    }

    private static List<String> behindProviders(@Nullable String id) {
        int start = id == null ? -1 : id.toLowerCase(Locale.ROOT).lastIndexOf(PROVIDERS);
        return id == null || start < 0
                ? List.of()
                : List.of(id.substring(start + PROVIDERS.length()).split("/"));
    }
}
