package dev.convergence.steps.focus;

import dev.convergence.steps.source.Cells;
import dev.convergence.steps.source.Column;
import dev.convergence.steps.source.Format;
import dev.convergence.steps.source.Header;
import dev.convergence.steps.source.Layout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// FOCUS 1.0 to 1.4 as providers export it: the raw table is the FOCUS table itself. Columns that
/// FOCUS does not know are left out.
///
/// What a line gives stays as it is; what it leaves out is filled where that can be, and `x_fixups`
/// says so.
public final class FocusFormat {

    public static final String NAME = "focus";

    private static final Set<String> NEEDED =
            Set.of(
                    "BilledCost",
                    "BillingAccountId",
                    "BillingPeriodStart",
                    "BillingPeriodEnd",
                    "ChargePeriodStart",
                    "ChargePeriodEnd");

    /// Providers whose own bills we load too: an import of their FOCUS export takes the same place.
    private static final Map<String, String> PROVIDERS =
            Map.of(
                    "aws", "aws",
                    "amazon web services", "aws",
                    "google", "gcp",
                    "google cloud", "gcp",
                    "microsoft", "azure",
                    "azure", "azure",
                    "oracle", "oci",
                    "openai", "openai",
                    "anthropic", "claude");

    private static final List<Layout> LAYOUTS =
            List.of(
                    Layout.with("AWS FOCUS export", "x_ServiceCode", "x_UsageType", "x_Operation"),
                    Layout.with(
                            "Azure FOCUS export",
                            "x_SkuMeterId",
                            "x_SkuMeterCategory",
                            "x_BillingProfileId"),
                    Layout.otherwise("FOCUS file"));

    private FocusFormat() {}

    public static Format format() {
        return new Format(
                NAME,
                LAYOUTS,
                FocusTable.columns().stream().map(FocusFormat::reading).toList(),
                FocusTable.KEY,
                List.of("BilledCost"),
                FocusFormat::provider,
                FocusRepairs::ofFocus);
    }

    private static Column reading(Column column) {
        return switch (column.name()) {
            case "Tags" -> Column.derived("Tags", column.type(), FocusFormat::braced).from("Tags");
            case "x_FocusVersion" ->
                    Column.derived(column.name(), column.type(), FocusFormat::version);
            case "x_fixups" -> Column.derived(column.name(), column.type(), FocusFormat::fixups);
            case "x_InvoiceMonth", "x_ExportType" ->
                    Column.derived(column.name(), column.type(), _ -> Cells.NOTHING);
            default -> NEEDED.contains(column.name()) ? column.needed() : column;
        };
    }

    private static String provider(Cells cells) {
        String name = cells.text("ProviderName", "ServiceProviderName", "HostProviderName");
        return PROVIDERS.entrySet().stream()
                .map(known ->
                        "WHEN %s THEN %s"
                                .formatted(
                                        Cells.literal(known.getKey()),
                                        Cells.literal(known.getValue())))
                .collect(Collectors.joining(" ", "CASE lower(" + name + ") ", " END"));
    }

    /// By the columns of the file: each version added some, and 1.4 took two away.
    private static String version(Cells cells) {
        return Cells.literal(version(cells.header()));
    }

    private static String version(Header header) {
        if (header.has("ServiceProviderName")) {
            return header.has("ProviderName") ? "1.3" : "1.4";
        }
        if (header.hasAny(List.of("InvoiceId", "BillingAccountType", "SubAccountType"))) {
            return "1.2";
        }
        return header.hasAny(List.of("ServiceSubcategory", "SkuMeter")) ? "1.1" : "1.0";
    }

    private static String fixups(Cells cells) {
        return """
        nullif(concat_ws(',', CASE WHEN %s THEN 'NullLiteral' END,
          CASE WHEN starts_with(%s, '"') THEN 'TagsWithoutBraces' END), '')\
        """
                .formatted(cells.emptyWord(), cells.text("Tags"));
    }

    private static String braced(Cells cells) {
        return "CASE WHEN starts_with(%1$s, '\"') THEN '{' || %1$s || '}' ELSE %1$s END"
                .formatted(cells.text("Tags"));
    }
}
