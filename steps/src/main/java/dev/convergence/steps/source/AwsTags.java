package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tags and cost categories of AWS: a map in one column (CUR 2.0), or a column for each (legacy).
public final class AwsTags {

    private AwsTags() {}

    /// As the report has them.
    static String asWritten(Cells cells, String map, String prefix) {
        return "coalesce(%s, %s)".formatted(cells.text(map), cells.objectOf(prefix));
    }

    /// Of the tags as written: users' own without the prefix that says so, those of AWS with
    /// theirs; and what is to be said about them.
    ///
    /// @param written the tags as the report has them, and again where they are a map
    public static List<@Nullable String> read(List<@Nullable String> written) {
        String map = written.get(1);
        boolean unreadable = map != null && JsonText.object(map) == null;
        return Arrays.asList(tags(written.getFirst()), unreadable ? "TagsUnreadable" : null);
    }

    private static @Nullable String tags(@Nullable String text) {
        ObjectNode written = JsonText.object(text);
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
}
