package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The commitment that discounts a line of Google's bill: the first credit of that kind.
public final class GcpCommitment {

    public static final String KIND = "COMMITTED_USAGE_DISCOUNT";

    private GcpCommitment() {}

    /// Its id, name and type.
    ///
    /// @param written the credits
    public static List<@Nullable String> read(List<@Nullable String> written) {
        String credits = written.getFirst();
        if (credits != null) {
            for (JsonNode credit : JsonText.parse(credits)) {
                String type = JsonText.text(credit.get("type"));
                if (type != null && type.startsWith(KIND)) {
                    return Arrays.asList(
                            JsonText.text(credit.get("id")),
                            JsonText.text(credit.get("full_name")),
                            type);
                }
            }
        }
        return Arrays.asList(null, null, null);
    }
}
