package dev.convergence.steps.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The attributes of a product of AWS: columns, or pairs of the map `product`.
final class AwsProduct {

    private static final List<String> ATTRIBUTES =
            List.of(
                    "servicename",
                    "product_name",
                    "instance_type",
                    "instance_family",
                    "operating_system",
                    "storage_class",
                    "volume_type",
                    "database_engine");

    /// Names of FOCUS for price details, and those of AWS.
    private static final Map<String, String> DETAILS = new LinkedHashMap<>();

    static {
        DETAILS.put("InstanceType", "instance_type");
        DETAILS.put("x_InstanceFamily", "instance_family");
        DETAILS.put("OperatingSystem", "operating_system");
        DETAILS.put("StorageClass", "storage_class");
        DETAILS.put("x_VolumeType", "volume_type");
        DETAILS.put("x_DatabaseEngine", "database_engine");
    }

    private AwsProduct() {}

    /// The product's service name, else its name, else its code.
    static String name(Cells cells) {
        return "coalesce(%s, %s, %s)"
                .formatted(
                        attribute(cells, "servicename"),
                        attribute(cells, "product_name"),
                        cells.text("line_item_product_code"));
    }

    static String details(Cells cells) {
        return DETAILS.entrySet().stream()
                .map(detail -> Cells.pair(detail.getKey(), attribute(cells, detail.getValue())))
                .collect(
                        Collectors.joining(
                                ", ", "nullif('{' || concat_ws(',', ", ") || '}', '{}')"));
    }

    private static String attribute(Cells cells, String name) {
        String column = cells.text("product_" + name);
        String map = cells.text("product");
        if (map.equals(Cells.NOTHING)) {
            return column;
        }
        String paths =
                ATTRIBUTES.stream()
                        .map(attribute -> "'$." + attribute + "'")
                        .collect(Collectors.joining(", ", "[", "]"));
        String pairs =
                cells.once(
                        "x_product",
                        "CASE WHEN json_valid(%1$s) THEN json_extract_string(%1$s, %2$s) END"
                                .formatted(map, paths));
        return "coalesce(%s, %s[%d])".formatted(column, pairs, ATTRIBUTES.indexOf(name) + 1);
    }
}
