package dev.convergence.steps.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The attributes of a product of AWS: columns, or pairs of the map `product`.
final class AwsProduct {

    /// Names of FOCUS for price details, and those of AWS.
    private static final Map<String, String> DETAILS =
            Map.of(
                    "InstanceType", "instance_type",
                    "x_InstanceFamily", "instance_family",
                    "OperatingSystem", "operating_system",
                    "StorageClass", "storage_class",
                    "x_VolumeType", "volume_type",
                    "x_DatabaseEngine", "database_engine");

    private AwsProduct() {}

    /// The product's service name, else its name, else its code.
    static @Nullable String name(SourceRow row) {
        String name = attribute(row, "servicename");
        name = name == null ? attribute(row, "product_name") : name;
        return name == null ? row.text("line_item_product_code") : name;
    }

    static @Nullable String details(SourceRow row) {
        ObjectNode details = JsonText.MAPPER.createObjectNode();
        DETAILS.forEach((focus, aws) -> {
            String value = attribute(row, aws);
            if (value != null) {
                details.put(focus, value);
            }
        });
        return JsonText.orNull(details);
    }

    private static @Nullable String attribute(SourceRow row, String name) {
        String column = row.text("product_" + name);
        if (column != null) {
            return column;
        }
        ObjectNode map = JsonText.object(row.text("product"));
        return map == null ? null : JsonText.text(map.get(name));
    }
}
