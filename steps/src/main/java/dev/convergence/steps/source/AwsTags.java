package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tags and cost categories of AWS: a map in one column (CUR 2.0), or a column for each (legacy).
final class AwsTags {

    private AwsTags() {}

    /// As the report has them.
    static @Nullable String asWritten(SourceRow row, String map, String prefix) {
        String inOne = row.text(map);
        return inOne == null ? JsonText.orNull(JsonText.columns(row, prefix)) : inOne;
    }

    /// Users' own tags without the prefix that says so; those of AWS keep theirs.
    static @Nullable String tags(SourceRow row) {
        ObjectNode written = JsonText.object(asWritten(row, "resource_tags", "resourceTags/"));
        if (written == null) {
            return null;
        }
        ObjectNode tags = JsonText.MAPPER.createObjectNode();
        written.properties()
                .forEach(tag -> {
                    String value = JsonText.text(tag.getValue());
                    if (value != null && !value.isEmpty()) {
                        tags.put(tag.getKey().replaceFirst("^user[:_]", ""), value);
                    }
                });
        return JsonText.orNull(tags);
    }

    static @Nullable String unreadable(SourceRow row) {
        String map = row.text("resource_tags");
        return map != null && JsonText.object(map) == null ? "TagsUnreadable" : null;
    }
}
