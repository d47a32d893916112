package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.util.List;

/// Something that a vendor sells, with its list price for one unit.
record Offer(
        String service,
        String serviceName,
        String sku,
        String skuName,
        String unit,
        String category,
        String subcategory,
        BigDecimal price) {

    private static final int SERVICE = 0;
    private static final int SERVICE_NAME = 1;
    private static final int SKU = 2;
    private static final int SKU_NAME = 3;
    private static final int UNIT = 4;
    private static final int CATEGORY = 5;
    private static final int SUBCATEGORY = 6;
    private static final int PRICE = 7;

    /// Reads a table: an offer on each line, its fields in the order of this record, split by `|`.
    static List<Offer> catalog(String table) {
        return table.lines().map(line -> of(line.split("\\s*\\|\\s*"))).toList();
    }

    private static Offer of(String[] fields) {
        return new Offer(
                fields[SERVICE],
                fields[SERVICE_NAME],
                fields[SKU],
                fields[SKU_NAME],
                fields[UNIT],
                fields[CATEGORY],
                fields[SUBCATEGORY],
                new BigDecimal(fields[PRICE]));
    }
}
