package dev.convergence.steps.focus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is mended in rows of FOCUS before they are published. A repair fills what the source left
/// out, or flags what does not fit together; it never changes what the source gave. Each leaves its
/// code in `x_fixups`.
final class FocusRepairs {

    /// Fills `column` where it has no value, if `value` has one.
    private record Fill(String column, String value, String code) {

        String expression() {
            return "coalesce(%s, %s) AS %s".formatted(column, value, column);
        }

        String flag() {
            return "CASE WHEN %s IS NULL AND (%s) IS NOT NULL THEN '%s' END"
                    .formatted(column, value, code);
        }
    }

    private static final String CONTRACTED = "coalesce(ContractedCost, BilledCost)";
    private static final String LIST = "coalesce(ListCost, ContractedCost, BilledCost)";
    private static final String CATEGORY =
            "coalesce(ChargeCategory, CASE WHEN BilledCost < 0 THEN 'Credit' ELSE 'Usage' END)";

    private static final Set<String> COSTS = Set.of("EffectiveCost", "ContractedCost", "ListCost");

    private static final List<Fill> FILLS =
            List.of(
                    new Fill("EffectiveCost", "BilledCost", "MissingEffectiveCost"),
                    new Fill("ContractedCost", "BilledCost", "MissingContractedCost"),
                    new Fill("ListCost", CONTRACTED, "MissingListCost"),
                    new Fill("ChargeCategory", CATEGORY, "MissingChargeCategory"),
                    new Fill(
                            "ChargeFrequency",
                            "CASE " + CATEGORY + " WHEN 'Usage' THEN 'Usage-Based' END",
                            "MissingChargeFrequency"),
                    new Fill("ServiceCategory", "'Other'", "MissingServiceCategory"),
                    new Fill(
                            "ServiceSubcategory",
                            "'Other (' || coalesce(ServiceCategory, 'Other') || ')'",
                            "MissingServiceSubcategory"),
                    new Fill("ServiceProviderName", "ProviderName", "LegacyFocusVersion"),
                    new Fill("HostProviderName", "ProviderName", "MissingHostProviderName"),
                    new Fill(
                            "ProviderName",
                            "coalesce(ServiceProviderName, HostProviderName)",
                            "MissingProviderName"),
                    new Fill(
                            "PublisherName",
                            "coalesce(ServiceProviderName, ProviderName)",
                            "MissingPublisherName"),
                    new Fill(
                            "InvoiceIssuerName",
                            "coalesce(ProviderName, ServiceProviderName)",
                            "MissingInvoiceIssuerName"),
                    new Fill("RegionName", "RegionId", "MissingRegionName"),
                    new Fill(
                            "ResourceType",
                            "CASE WHEN ResourceId IS NOT NULL THEN ServiceName END",
                            "MissingResourceType"),
                    new Fill(
                            "ResourceName",
                            "nullif(regexp_extract(ResourceId, '[^:/]+$'), '')",
                            "MissingResourceName"));

    /// Of usage that is no correction: what does not fit together, and its code.
    private static final Map<String, String> FLAGS = flags();

    private FocusRepairs() {}

    private static Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("ListCostLessThanContractedCost", LIST + " < " + CONTRACTED);
        flags.put(
                "ContractedCostLessThanEffectiveCost",
                CONTRACTED + " < coalesce(EffectiveCost, BilledCost)");
        flags.put("MissingConsumedQuantity", "ConsumedQuantity IS NULL");
        flags.put("MissingPricingQuantity", "PricingQuantity IS NULL");
        flags.put(
                "PricingCategoryShouldBeCommitted",
                "CommitmentDiscountStatus = 'Used' AND PricingCategory <> 'Committed'");
        return flags;
    }

    /// Rows made from another bill, all columns of the FOCUS table in them.
    static String ofBill(String rows) {
        return repaired(rows, FILLS.stream());
    }

    /// Rows of a FOCUS file: a cost that it leaves out is flagged and not made up, so that the sums
    /// of its columns stay what they are in the file.
    static String ofFocus(String rows) {
        return repaired(rows, FILLS.stream().filter(fill -> !COSTS.contains(fill.column)));
    }

    private static String repaired(String rows, Stream<Fill> filled) {
        String fills = filled.map(Fill::expression).collect(Collectors.joining(",\n  "));
        return "SELECT * REPLACE (%s,\n  %s AS x_fixups)\nFROM (%s)"
                .formatted(fills, fixups(), rows);
    }

    private static String fixups() {
        Stream<String> flags =
                FLAGS.entrySet().stream()
                        .map(flag ->
                                "CASE WHEN %s = 'Usage' AND ChargeClass IS NULL AND %s THEN '%s' END"
                                        .formatted(CATEGORY, flag.getValue(), flag.getKey()));
        return Stream.of(Stream.of("x_fixups"), FILLS.stream().map(Fill::flag), flags)
                .flatMap(s -> s)
                .collect(Collectors.joining(",\n    ", "nullif(concat_ws(',', ", "), '')"));
    }
}
