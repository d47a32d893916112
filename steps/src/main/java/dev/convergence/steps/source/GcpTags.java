package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Labels and tags of a line of Google's bill, and what Google says of the machine behind it.
public final class GcpTags {

    private GcpTags() {}

    /// The line's own labels first; tags and the project's labels add to them.
    ///
    /// @param written labels, tags, labels of the project
    public static List<@Nullable String> read(List<@Nullable String> written) {
        ObjectNode tags = JsonText.MAPPER.createObjectNode();
        JsonText.addPairs(tags, written.get(0), "labels");
        JsonText.addPairs(tags, written.get(1), "tags");
        JsonText.addPairs(tags, written.get(2), "project");
        return Arrays.asList(JsonText.orNull(tags));
    }

    /// The names are Google's own.
    ///
    /// @param written system labels
    public static List<@Nullable String> priceDetails(List<@Nullable String> written) {
        ObjectNode labels = JsonText.MAPPER.createObjectNode();
        JsonText.addPairs(labels, written.getFirst(), "system_labels");
        ObjectNode details = JsonText.MAPPER.createObjectNode();
        labels.properties()
                .forEach(label ->
                        details.set(
                                "x_" + label.getKey().replaceFirst("^.*/", ""), label.getValue()));
        return Arrays.asList(JsonText.orNull(details));
    }
}
