package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Azure's unit of measure, such as `1 Hour`, `100 Hours`, `10K` or `1 GB/Month`: a block of so
/// many units. Quantities of lines count units, list prices are of one of them.
///
/// @param block units in a block
public record AzureUnit(BigDecimal block, String unit) {

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

    /// The size of a block in units, the unit that has a price, and the one that is consumed.
    ///
    /// @param written the unit of measure
    public static List<@Nullable String> read(List<@Nullable String> written) {
        String measure = written.getFirst();
        if (measure == null) {
            return Arrays.asList(null, null);
        }
        AzureUnit unit = of(measure);
        String pricing =
                unit.block.compareTo(BigDecimal.ONE) == 0
                        ? unit.unit
                        : unit.block.toPlainString() + " " + unit.unit;
        return Arrays.asList(pricing, unit.unit);
    }

    /// What a line's quantity costs by its list and contracted prices, how many blocks it is, and
    /// the prices of a block, so that price times pricing quantity is the cost; and that all this
    /// was worked out.
    ///
    /// @param written the unit of measure, quantity, list price and contracted price of one unit
    public static List<@Nullable String> amounts(List<@Nullable String> written) {
        String measure = written.getFirst();
        String block = measure == null ? "1" : of(measure).block.toPlainString();
        String quantity = written.get(1);
        String list = written.get(2);
        String contracted = written.get(3);
        return Arrays.asList(
                rounded(Money.product(list, quantity)),
                rounded(Money.product(contracted, quantity)),
                rounded(Money.quotient(quantity, block)),
                rounded(Money.product(list, block)),
                rounded(Money.product(contracted, block)),
                "yes");
    }

    private static @Nullable String rounded(@Nullable String number) {
        return number == null ? null : Money.of(number).toPlainString();
    }
}
