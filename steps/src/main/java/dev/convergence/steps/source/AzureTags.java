package dev.convergence.steps.source;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tags and additional information of a line of Azure's bill.
public final class AzureTags {

    private AzureTags() {}

    /// Some exports leave out the outer braces.
    static String braced(Cells cells) {
        return "CASE WHEN starts_with(%1$s, '{') THEN %1$s ELSE '{' || %1$s || '}' END"
                .formatted(cells.text("Tags"));
    }

    /// The tags, and what is to be said about them.
    ///
    /// @param written the tags as a line has them
    public static List<@Nullable String> read(List<@Nullable String> written) {
        String tags = written.getFirst();
        if (tags == null) {
            return Arrays.asList(null, null);
        }
        boolean isBraced = tags.startsWith("{");
        ObjectNode object = JsonText.object(isBraced ? tags : "{" + tags + "}");
        if (object == null) {
            return Arrays.asList(null, "TagsUnreadable");
        }
        return Arrays.asList(JsonText.orNull(object), isBraced ? null : "TagsWithoutBraces");
    }

    /// What Azure says of the machine behind a line, the names of FOCUS where it has one.
    ///
    /// @param written the additional information
    public static List<@Nullable String> priceDetails(List<@Nullable String> written) {
        ObjectNode info = JsonText.object(written.getFirst());
        ObjectNode details = JsonText.MAPPER.createObjectNode();
        if (info != null) {
            info.properties()
                    .forEach(pair -> {
                        if (pair.getValue().isValueNode() && !pair.getValue().isNull()) {
                            details.set(inFocus(pair.getKey()), pair.getValue());
                        }
                    });
        }
        return Arrays.asList(JsonText.orNull(details));
    }

    private static String inFocus(String name) {
        return switch (name) {
            case "ServiceType" -> "InstanceType";
            case "VCPUs" -> "CoreCount";
            default -> "x_" + name;
        };
    }
}
