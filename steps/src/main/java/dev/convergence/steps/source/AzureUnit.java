package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Azure's unit of measure, such as `1 Hour`, `100 Hours`, `10K` or `1 GB/Month`: a block of so
/// many units. Quantities of lines count units, list prices are of one of them.
///
/// @param block units in a block
record AzureUnit(BigDecimal block, String unit) {

    private static final Pattern WRITTEN =
            Pattern.compile("([0-9][0-9,.]*)\\s*([KM]?)(?![A-Za-z])(.*)");
    private static final Map<String, BigDecimal> FACTORS =
            Map.of("", BigDecimal.ONE, "K", new BigDecimal(1_000), "M", new BigDecimal(1_000_000));
    private static final Map<String, String> IN_FOCUS =
            Map.of(
                    "", "Units",
                    "Hour", "Hours",
                    "Day", "Days",
                    "Month", "Months",
                    "/Month", "Months",
                    "/Hour", "Hours",
                    "GB/Month", "GB-Months",
                    "GB/Hour", "GB-Hours",
                    "GiB/Month", "GiB-Months",
                    "GiB Hour", "GiB-Hours");

    static AzureUnit of(String written) {
        Matcher parts = WRITTEN.matcher(written.strip());
        if (!parts.matches()) {
            return new AzureUnit(BigDecimal.ONE, written);
        }
        BigDecimal number = new BigDecimal(parts.group(1).replace(",", ""));
        String unit = parts.group(3).strip();
        return number.signum() == 0
                ? new AzureUnit(BigDecimal.ONE, written)
                : new AzureUnit(
                        number.multiply(FACTORS.getOrDefault(parts.group(2), BigDecimal.ONE)),
                        IN_FOCUS.getOrDefault(unit, unit));
    }

    private static @Nullable AzureUnit of(SourceRow row) {
        String written = row.text("UnitOfMeasure");
        return written == null ? null : of(written);
    }

    static @Nullable String pricingQuantity(SourceRow row) {
        AzureUnit unit = of(row);
        String quantity = row.text("Quantity", "UsageQuantity");
        return unit == null ? quantity : Money.quotient(quantity, unit.block.toPlainString());
    }

    static @Nullable String pricingUnit(SourceRow row) {
        AzureUnit unit = of(row);
        if (unit == null) {
            return null;
        }
        return unit.block.compareTo(BigDecimal.ONE) == 0
                ? unit.unit
                : unit.block.toPlainString() + " " + unit.unit;
    }

    static @Nullable String consumedUnit(SourceRow row) {
        AzureUnit unit = of(row);
        return unit == null ? null : unit.unit;
    }

    /// The price of a block, so that price times pricing quantity is the cost.
    static @Nullable String price(SourceRow row, @Nullable String ofOne) {
        AzureUnit unit = of(row);
        return unit == null ? ofOne : Money.product(ofOne, unit.block.toPlainString());
    }
}
