package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Google Cloud's detailed billing export, nested (JSON lines, Parquet) or flattened with dots in
/// the headers (CSV): the 29 columns of `billing_cost_daily`.
///
/// What Google bills is `cost` plus the (negative) credits.
public final class GcpBillingFormat {

    public static final String NAME = "gcp_billing";

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);

    private static final LoadKey KEY =
            new LoadKey(
                    "billing_account_id",
                    "usage_start_time::DATE",
                    "invoice_month",
                    "cost + credits_total");

    private static final List<Layout> LAYOUTS =
            List.of(
                    new Layout(
                            "Google Cloud detailed billing export, flattened",
                            header -> header.isWrittenWith(".")),
                    Layout.otherwise("Google Cloud detailed billing export"));

    private GcpBillingFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of("cost", "credits_total"));
    }

    private static List<Column> columns() {
        return List.of(
                text("billing_account_id").needed(),
                text("service_id"),
                text("service_description"),
                text("sku_id"),
                text("sku_description"),
                time("usage_start_time").needed(),
                time("usage_end_time").needed(),
                text("project_id"),
                text("project_name"),
                text("project_number"),
                text("location_location"),
                text("location_region"),
                text("location_zone"),
                text("resource_name"),
                text("resource_global_name"),
                money("cost").needed(),
                text("currency"),
                money("currency_conversion_rate"),
                money("usage_amount"),
                text("usage_unit"),
                money("usage_amount_in_pricing_units"),
                text("usage_pricing_unit"),
                text("cost_type"),
                computed("credits_total", ColumnType.MONEY, GcpBillingFormat::creditsTotal),
                money("cost_at_list"),
                computed("invoice_month", ColumnType.TEXT, GcpBillingFormat::invoiceMonth),
                computed(Lineage.INGESTION_DATE, ColumnType.DAY, SourceRow::loadedOn),
                text("labels_json", "labels"),
                text("system_labels_json", "system_labels"),
                computed("d_period_start", ColumnType.TIME, row -> period(row, 0)).unpublished(),
                computed("d_period_end", ColumnType.TIME, row -> period(row, 1)).unpublished(),
                computed("d_tags", ColumnType.JSON, GcpBillingFormat::tags).unpublished(),
                Column.of("d_credits", ColumnType.JSON, "credits").unpublished(),
                computed("d_list_unit_price", ColumnType.MONEY, GcpBillingFormat::listUnitPrice)
                        .unpublished(),
                money("d_effective_price", "price.effective_price").unpublished(),
                text("d_tier", "price.tier_start_amount").unpublished(),
                text("d_adjustment_type", "adjustment_info.type").unpublished(),
                text("d_seller_name", "seller_name").unpublished(),
                text("d_consumption_model", "consumption_model.description").unpublished(),
                time("d_export_time", "export_time").unpublished(),
                computed("d_commitment_id", ColumnType.TEXT, row -> GcpCommitment.of(row, "id"))
                        .unpublished(),
                computed(
                                "d_commitment_name",
                                ColumnType.TEXT,
                                row -> GcpCommitment.of(row, "full_name"))
                        .unpublished(),
                computed("d_commitment_type", ColumnType.TEXT, row -> GcpCommitment.of(row, "type"))
                        .unpublished(),
                computed("d_price_details", ColumnType.JSON, GcpBillingFormat::priceDetails)
                        .unpublished());
    }

    private static String creditsTotal(SourceRow row) {
        BigDecimal total = BigDecimal.ZERO;
        String credits = row.text("credits");
        if (credits != null) {
            for (JsonNode credit : JsonText.parse(credits)) {
                String amount = JsonText.text(credit.get("amount"));
                total = total.add(amount == null ? BigDecimal.ZERO : Money.exact(amount));
            }
        }
        return total.toPlainString();
    }

    /// The month given, else that of the charge where Google closes its books.
    private static @Nullable String invoiceMonth(SourceRow row) {
        String month = row.text("invoice.month");
        String start = row.text("usage_start_time");
        if (month != null || start == null) {
            return month;
        }
        Instant began = Times.time(start).toInstant(ZoneOffset.UTC);
        return MONTH.format(began.atZone(Times.PACIFIC));
    }

    private static @Nullable String period(SourceRow row, int monthsLater) {
        String month = invoiceMonth(row);
        return month == null ? null : Times.pacificMonth(month, monthsLater).toString();
    }

    /// The line's own labels first; tags and the project's labels add to them.
    private static @Nullable String tags(SourceRow row) {
        ObjectNode tags = JsonText.MAPPER.createObjectNode();
        JsonText.addPairs(tags, row.text("labels"), "labels");
        JsonText.addPairs(tags, row.text("tags"), "tags");
        JsonText.addPairs(tags, row.text("project.labels"), "project");
        return tags.isEmpty() ? null : tags.toString();
    }

    /// What Google says of the machine behind a line; these names are its own.
    private static @Nullable String priceDetails(SourceRow row) {
        ObjectNode labels = JsonText.MAPPER.createObjectNode();
        JsonText.addPairs(labels, row.text("system_labels"), "system_labels");
        ObjectNode details = JsonText.MAPPER.createObjectNode();
        labels.properties()
                .forEach(label ->
                        details.set(
                                "x_" + label.getKey().replaceFirst("^.*/", ""), label.getValue()));
        return JsonText.orNull(details);
    }

    private static @Nullable String listUnitPrice(SourceRow row) {
        return Money.quotient(row.text("cost_at_list"), row.text("usage.amount_in_pricing_units"));
    }
}
