package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.derived;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.time;

import java.util.List;

/// Oracle Cloud's cost report. What Oracle bills is `cost/myCost`; the billing period is the month
/// in which the usage began.
public final class OciCostFormat {

    public static final String NAME = "oci_cost";

    private static final LoadKey KEY =
            new LoadKey(
                    "tenant_id",
                    "usage_start_time::DATE",
                    "strftime(usage_start_time, '%Y%m')",
                    "cost");

    private static final List<Layout> LAYOUTS =
            List.of(Layout.otherwise("Oracle Cloud cost report"));

    private OciCostFormat() {}

    public static Format format() {
        return new Format(NAME, LAYOUTS, columns(), KEY, List.of("cost"));
    }

    private static List<Column> columns() {
        return List.of(
                text("reference_no", "lineItem/referenceNo"),
                text("tenant_id", "lineItem/tenantId").needed(),
                time("usage_start_time", "lineItem/intervalUsageStart").needed(),
                time("usage_end_time", "lineItem/intervalUsageEnd").needed(),
                text("service", "product/service"),
                text("compartment_id", "product/compartmentId"),
                text("compartment_name", "product/compartmentName"),
                text("region", "product/region"),
                text("availability_domain", "product/availabilityDomain"),
                text("resource_id", "product/resourceId"),
                text("description", "product/Description"),
                money("billed_quantity", "usage/billedQuantity"),
                text("subscription_id", "cost/subscriptionId"),
                text("product_sku", "cost/productSku"),
                money("unit_price", "cost/unitPrice"),
                money("cost", "cost/myCost").needed(),
                text("currency", "cost/currencyCode"),
                text("billing_unit", "cost/billingUnitReadable"),
                text("sku_unit_description", "cost/skuUnitDescription"),
                text("overage_flag", "cost/overageFlag"),
                text("is_correction", "lineItem/isCorrection"),
                text("backreference_no", "lineItem/backreferenceNo"),
                derived("d_tags", ColumnType.JSON, cells -> cells.objectOf("tags/")).unpublished());
    }
}
