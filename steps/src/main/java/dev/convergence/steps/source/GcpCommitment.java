package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The commitment that discounts a line of Google's bill: the first credit of that kind.
final class GcpCommitment {

    private static final String KIND = "COMMITTED_USAGE_DISCOUNT";

    private GcpCommitment() {}

    static @Nullable String of(SourceRow row, String field) {
        String credits = row.text("credits");
        if (credits == null || !credits.contains(KIND)) {
            return null;
        }
        for (JsonNode credit : JsonText.parse(credits)) {
            String type = JsonText.text(credit.get("type"));
            if (type != null && type.startsWith(KIND)) {
                return JsonText.text(credit.get(field));
            }
        }
        return null;
    }
}
