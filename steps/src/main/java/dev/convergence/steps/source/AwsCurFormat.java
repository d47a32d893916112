package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.derived;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.util.List;

/// AWS Cost and Usage Report: CUR 2.0, and the legacy one with slashes in its headers.
///
/// What AWS bills is the unblended cost of all lines; negations and discounts are lines of their
/// own.
public final class AwsCurFormat {

    public static final String NAME = "aws_cur";

    private static final LoadKey KEY =
            new LoadKey(
                    "payer_account_id",
                    "usage_start_time::DATE",
                    "strftime(billing_period_start, '%Y%m')",
                    "unblended_cost");

    private static final List<Layout> LAYOUTS =
            List.of(
                    new Layout(
                            "AWS Cost and Usage Report (legacy)",
                            header -> header.isWrittenWith("/")),
                    Layout.otherwise("AWS Cost and Usage Report 2.0"));

    private AwsCurFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of("unblended_cost"));
    }

    private static List<Column> columns() {
        return List.of(
                text("linked_account_id", "line_item_usage_account_id").needed(),
                text("linked_account_name", "line_item_usage_account_name"),
                text("payer_account_id", "bill_payer_account_id").needed(),
                text("service_code", "product_servicecode", "line_item_product_code"),
                text("product_code", "line_item_product_code"),
                derived("product_name", ColumnType.TEXT, AwsProduct::name),
                text("usage_type", "line_item_usage_type"),
                text("operation", "line_item_operation"),
                text("region", "product_region_code", "product/region"),
                text("availability_zone", "line_item_availability_zone"),
                text("resource_id", "line_item_resource_id"),
                text("line_item_type", "line_item_line_item_type"),
                time("usage_start_time", "line_item_usage_start_date").needed(),
                time("usage_end_time", "line_item_usage_end_date").needed(),
                money("usage_amount", "line_item_usage_amount"),
                text("usage_unit", "pricing_unit"),
                money("unblended_cost", "line_item_unblended_cost").needed(),
                money("blended_cost", "line_item_blended_cost"),
                derived("amortized_cost", ColumnType.MONEY, AwsCurFormat::amortized),
                money("net_unblended_cost", "line_item_net_unblended_cost"),
                text("currency", "line_item_currency_code"),
                text("pricing_unit"),
                money("public_on_demand_cost", "pricing_public_on_demand_cost"),
                text(
                        "reservation_arn",
                        "reservation_reservation_a_r_n",
                        "reservation/ReservationARN"),
                text(
                        "savings_plan_arn",
                        "savings_plan_savings_plan_a_r_n",
                        "savingsPlan/SavingsPlanARN"),
                money("discount_amount", "discount_total_discount"),
                text("invoice_id", "bill_invoice_id"),
                time("billing_period_start", "bill_billing_period_start_date").needed(),
                time("billing_period_end", "bill_billing_period_end_date").needed(),
                derived(
                        "resource_tags_json",
                        ColumnType.TEXT,
                        cells -> AwsTags.asWritten(cells, "resource_tags", "resourceTags/")),
                derived(
                        "cost_category_json",
                        ColumnType.TEXT,
                        cells -> AwsTags.asWritten(cells, "cost_category", "costCategory/")),
                text("d_payer_name", "bill_payer_account_name").unpublished(),
                text("d_issuer", "bill_invoicing_entity").unpublished(),
                text("d_legal_entity", "line_item_legal_entity").unpublished(),
                text("d_description", "line_item_line_item_description").unpublished(),
                text("d_region_name", "product_location").unpublished(),
                text("d_sku", "product_sku").unpublished(),
                text("d_rate_code", "pricing_rate_code").unpublished(),
                text("d_term", "pricing_term").unpublished(),
                money("d_list_unit_price", "pricing_public_on_demand_rate").unpublished(),
                money("d_unit_price", "line_item_unblended_rate").unpublished(),
                text("d_product_family", "product_product_family").unpublished(),
                text("d_billing_entity", "bill_billing_entity").unpublished(),
                text("d_purchase_option", "pricing_purchase_option").unpublished(),
                text("d_sp_offering", "savings_plan_offering_type").unpublished(),
                money("d_sp_effective", "savings_plan_savings_plan_effective_cost").unpublished(),
                text("d_principal", "line_item_iam_principal").unpublished(),
                derived("d_price_details", ColumnType.TEXT, AwsProduct::details).unpublished(),
                derived("d_tags_map", ColumnType.TEXT, cells -> cells.text("resource_tags"))
                        .unpublished());
    }

    private static final String AMORTIZED =
            """
            CASE %1$s
              WHEN 'SavingsPlanCoveredUsage' THEN coalesce(%3$s, %2$s)
              WHEN 'SavingsPlanRecurringFee' THEN (%4$s - %5$s)::VARCHAR
              WHEN 'SavingsPlanNegation' THEN '0'
              WHEN 'SavingsPlanUpfrontFee' THEN '0'
              WHEN 'DiscountedUsage' THEN coalesce(%6$s, %2$s)
              WHEN 'RIFee' THEN (%7$s + %8$s)::VARCHAR
              WHEN 'Fee' THEN CASE WHEN %9$s IS NOT NULL THEN '0' ELSE %2$s END
              ELSE %2$s END\
            """;

    private static String amortized(Cells cells) {
        return AMORTIZED.formatted(
                cells.text("line_item_line_item_type"),
                cells.text("line_item_unblended_cost"),
                cells.text("savings_plan_savings_plan_effective_cost"),
                amount(cells, "savings_plan_total_commitment_to_date"),
                amount(cells, "savings_plan_used_commitment"),
                cells.text("reservation_effective_cost"),
                amount(cells, "reservation_unused_amortized_upfront_fee_for_billing_period"),
                amount(cells, "reservation_unused_recurring_fee"),
                cells.text("reservation_reservation_a_r_n", "reservation/ReservationARN"));
    }

    private static String amount(Cells cells, String name) {
        return "coalesce(%s, 0)".formatted(Typing.money(cells.text(name)));
    }
}
