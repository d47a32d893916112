package dev.convergence.steps.focus;

import dev.convergence.steps.source.Column;
import dev.convergence.steps.source.Format;
import dev.convergence.steps.source.Header;
import dev.convergence.steps.source.Layout;
import dev.convergence.steps.source.SourceRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
            case "Tags" ->
                    Column.computed("Tags", column.type(), row -> braced(row.text("Tags")))
                            .from("Tags");
            case "x_FocusVersion" ->
                    Column.computed(column.name(), column.type(), FocusFormat::version);
            case "x_fixups" -> Column.computed(column.name(), column.type(), FocusFormat::fixups);
            case "x_InvoiceMonth" -> Column.computed(column.name(), column.type(), row -> null);
            default -> NEEDED.contains(column.name()) ? column.needed() : column;
        };
    }

    private static @Nullable String provider(SourceRow row) {
        String name = row.text("ProviderName", "ServiceProviderName", "HostProviderName");
        return name == null ? null : PROVIDERS.get(name.toLowerCase(Locale.ROOT));
    }

    /// By the columns of the file: each version added some, and 1.4 took two away.
    private static String version(SourceRow row) {
        Header header = row.header();
        if (header.has("ServiceProviderName")) {
            return header.has("ProviderName") ? "1.3" : "1.4";
        }
        if (header.hasAny(List.of("InvoiceId", "BillingAccountType", "SubAccountType"))) {
            return "1.2";
        }
        return header.hasAny(List.of("ServiceSubcategory", "SkuMeter")) ? "1.1" : "1.0";
    }

    private static @Nullable String fixups(SourceRow row) {
        String tags = row.text("Tags");
        String codes =
                (row.hasEmptyWords() ? "NullLiteral," : "")
                        + (tags != null && tags.startsWith("\"") ? "TagsWithoutBraces," : "");
        return codes.isEmpty() ? null : codes.substring(0, codes.length() - 1);
    }

    private static @Nullable String braced(@Nullable String tags) {
        return tags != null && tags.startsWith("\"") ? "{" + tags + "}" : tags;
    }
}
