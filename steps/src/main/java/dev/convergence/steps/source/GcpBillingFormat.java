package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.derived;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Google Cloud's detailed billing export, nested (JSON lines, Parquet) or flattened with dots in
/// the headers (CSV): the 29 columns of `billing_cost_daily`.
///
/// What Google bills is `cost` plus the (negative) credits.
public final class GcpBillingFormat {

    public static final String NAME = "gcp_billing";

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

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
                derived("credits_total", ColumnType.MONEY, GcpBillingFormat::creditsTotal),
                money("cost_at_list"),
                derived("invoice_month", ColumnType.TEXT, GcpBillingFormat::invoiceMonth),
                derived(Lineage.INGESTION_DATE, ColumnType.DAY, Cells::loadedOn),
                text("labels_json", "labels"),
                text("system_labels_json", "system_labels"),
                derived("d_period_start", ColumnType.TIME, cells -> period(cells, 0)).unpublished(),
                derived("d_period_end", ColumnType.TIME, cells -> period(cells, 1)).unpublished(),
                Column.of("d_labels", ColumnType.JSON, "labels").unpublished(),
                Column.of("d_line_tags", ColumnType.JSON, "tags").unpublished(),
                Column.of("d_project_labels", ColumnType.JSON, "project.labels").unpublished(),
                Column.of("d_system_labels", ColumnType.JSON, "system_labels").unpublished(),
                Column.of("d_credits", ColumnType.JSON, "credits").unpublished(),
                derived("d_list_unit_price", ColumnType.MONEY, GcpBillingFormat::listUnitPrice)
                        .unpublished(),
                money("d_effective_price", "price.effective_price").unpublished(),
                text("d_tier", "price.tier_start_amount").unpublished(),
                text("d_adjustment_type", "adjustment_info.type").unpublished(),
                text("d_seller_name", "seller_name").unpublished(),
                text("d_consumption_model", "consumption_model.description").unpublished(),
                time("d_export_time", "export_time").unpublished());
    }

    /// The text of the numbers, so that none of their digits is lost; rounded once, as a sum.
    private static final String CREDITS =
            """
            CASE WHEN %1$s IS NULL OR %1$s = '[]' THEN '0' WHEN NOT json_valid(%1$s) THEN %1$s
              ELSE rtrim(coalesce(list_sum(list_transform(
                  regexp_extract_all(%1$s, '"amount"\\s*:\\s*"?([-+0-9.eE]+)', 1),
                  lambda amount: TRY_CAST(amount AS DECIMAL(38,24)))), 0)::DECIMAL(38,24)::VARCHAR, '0')
              END\
            """;

    private static String creditsTotal(Cells cells) {
        return CREDITS.formatted(cells.text("credits"));
    }

    /// The month given, else that of the charge where Google closes its books.
    private static String invoiceMonth(Cells cells) {
        return "coalesce(%s, strftime(%s AT TIME ZONE 'UTC' AT TIME ZONE '%s', '%%Y%%m'))"
                .formatted(
                        cells.text("invoice.month"),
                        "(" + Typing.time(cells.text("usage_start_time")) + ")",
                        Times.PACIFIC);
    }

    private static String listUnitPrice(Cells cells) {
        return Quotient.of(
                cells, cells.text("cost_at_list"), cells.text("usage.amount_in_pricing_units"));
    }

    /// A bill has few months, and its time zone is asked for none that is in the list.
    private static final String PERIOD =
            """
            CASE WHEN %4$s IS NOT NULL THEN %5$s[%4$s] WHEN regexp_full_match(%1$s, '[0-9]{6}')
              THEN ((try_strptime(%1$s || '01', '%%Y%%m%%d') + INTERVAL %2$d MONTH)
                AT TIME ZONE '%3$s' AT TIME ZONE 'UTC')::VARCHAR
              ELSE %1$s END\
            """;

    private static final int FIRST_YEAR = 2007;
    private static final int LAST_YEAR = 2047;

    private static final String NUMBER =
            "CASE WHEN strlen(%1$s) = 6 THEN TRY_CAST(%1$s AS INTEGER) END";

    /// Where in the list a month is; nothing for what is none, or one that is not in it.
    private static final String INDEX =
            """
            CASE WHEN %1$s BETWEEN %2$d01 AND %3$d12 AND %1$s %% 100 BETWEEN 1 AND 12
              THEN (%1$s // 100 - %2$d) * 12 + %1$s %% 100 END\
            """;

    /// The instant at which an invoice month begins where Google closes its books.
    private static String period(Cells cells, int monthsLater) {
        String month = cells.once("x_invoice_month", invoiceMonth(cells));
        String number = cells.once("x_month_number", NUMBER.formatted(month));
        String index = cells.once("x_month_index", INDEX.formatted(number, FIRST_YEAR, LAST_YEAR));
        return PERIOD.formatted(month, monthsLater, Times.PACIFIC, index, starts(monthsLater));
    }

    private static String starts(int monthsLater) {
        return IntStream.rangeClosed(0, (LAST_YEAR - FIRST_YEAR) * 12 + 11)
                .mapToObj(YearMonth.of(FIRST_YEAR, 1)::plusMonths)
                .map(month -> Times.pacificMonth(MONTH.format(month), monthsLater))
                .map(start -> Cells.literal(SECONDS.format(start)))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
