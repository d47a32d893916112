package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tags and additional information of a line of Azure's bill.
final class AzureTags {

    private AzureTags() {}

    /// Some exports leave out the outer braces.
    static @Nullable String braced(SourceRow row) {
        String tags = row.text("Tags");
        return tags == null || tags.startsWith("{") ? tags : "{" + tags + "}";
    }

    static @Nullable String tags(SourceRow row) {
        ObjectNode tags = JsonText.object(braced(row));
        return tags == null ? null : JsonText.orNull(tags);
    }

    static String fixup(SourceRow row) {
        String tags = row.text("Tags");
        if (tags == null) {
            return "";
        }
        if (JsonText.object(braced(row)) == null) {
            return "TagsUnreadable";
        }
        return tags.startsWith("{") ? "" : "TagsWithoutBraces";
    }

    /// What Azure says of the machine behind a line, the names of FOCUS where it has one.
    static @Nullable String priceDetails(SourceRow row) {
        ObjectNode info = JsonText.object(row.text("AdditionalInfo"));
        if (info == null) {
            return null;
        }
        ObjectNode details = JsonText.MAPPER.createObjectNode();
        info.properties()
                .forEach(pair -> {
                    if (pair.getValue().isValueNode() && !pair.getValue().isNull()) {
                        details.set(inFocus(pair.getKey()), pair.getValue());
                    }
                });
        return JsonText.orNull(details);
    }

    private static String inFocus(String name) {
        return switch (name) {
            case "ServiceType" -> "InstanceType";
            case "VCPUs" -> "CoreCount";
            default -> "x_" + name;
        };
    }
}
