package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.util.List;

/// The cost and usage report of AWS (CUR 2.0) as compressed CSV.
///
/// Of each 40 lines of a day seven are not plain usage: a refund, a savings plan's recurring fee, a
/// line that it covers and the negation of that line, usage that a reservation discounts and the
/// reservation's fee, tax, a credit.
final class AwsCur implements Shape.Csv {

    private static final int CYCLE = 40;
    private static final int AMOUNT_SCALE = 3;
    private static final long AMOUNT_MAX = 90_000;
    private static final BigDecimal COMMITTED_SHARE = new BigDecimal("0.7");
    private static final BigDecimal TAX_RATE = new BigDecimal("0.1");
    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1", "ap-south-1");
    private static final List<String> ACCOUNTS = List.of("production", "staging", "sandbox");
    private static final List<Offer> OFFERS =
            Offer.catalog(
                    """
                    AmazonEC2    | Amazon Elastic Compute Cloud      | A1B2C3D4E5F6G701 | BoxUsage:m5.large          | Hrs   | Compute Instance    | RunInstances       | 0.096
                    AmazonEC2    | Amazon Elastic Compute Cloud      | A1B2C3D4E5F6G702 | EBS:VolumeUsage.gp3        | GB-Mo | Storage             | CreateVolume-Gp3   | 0.08
                    AmazonS3     | Amazon Simple Storage Service     | A1B2C3D4E5F6G703 | TimedStorage-ByteHrs       | GB-Mo | Storage             | StandardStorage    | 0.023
                    AmazonRDS    | Amazon Relational Database Service| A1B2C3D4E5F6G704 | InstanceUsage:db.t3.medium | Hrs   | Database Instance   | CreateDBInstance   | 0.072
                    AWSLambda    | AWS Lambda                        | A1B2C3D4E5F6G705 | Lambda-GB-Second           | Second| Serverless          | Invoke             | 0.00002
                    AWSDataTransfer | AWS Data Transfer              | A1B2C3D4E5F6G706 | DataTransfer-Out-Bytes     | GB    | Data Transfer       | RunInstances       | 0.09
                    """);

    @Override
    public List<String> columns() {
        return AwsCurColumns.ALL;
    }

    @Override
    public String costColumn() {
        return "line_item_unblended_cost";
    }

    @Override
    public boolean compressed() {
        return true;
    }

    @Override
    public Row row(SampleLine line) {
        String type = lineType(line.index());
        Charge charge = Charge.of(type.equals("SavingsPlanNegation") ? line.sibling(-1) : line);
        Row row = new Row();
        bill(row, line);
        item(row, line, charge, type);
        pricing(row, charge);
        commitment(row, line, charge, type);
        return row.with("resource_tags", "{\"user_team\":\"" + charge.account + "\"}");
    }

    private static String lineType(int index) {
        return switch (index % CYCLE) {
            case 32 -> "Refund";
            case 33 -> "SavingsPlanRecurringFee";
            case 34 -> "SavingsPlanCoveredUsage";
            case 35 -> "SavingsPlanNegation";
            case 36 -> "DiscountedUsage";
            case 37 -> "RIFee";
            case 38 -> "Tax";
            case 39 -> "Credit";
            default -> "Usage";
        };
    }

    /// What was used, thrown once for each line.
    private record Charge(
            Offer offer, String region, String account, BigDecimal amount, BigDecimal cost) {

        static Charge of(SampleLine line) {
            Dice dice = line.dice();
            Offer offer = dice.pick(OFFERS);
            String region = dice.pick(REGIONS);
            String account = dice.pick(ACCOUNTS);
            BigDecimal amount = dice.amount(AMOUNT_MAX, AMOUNT_SCALE);
            return new Charge(
                    offer, region, account, amount, line.restate(amount.multiply(offer.price())));
        }
    }

    private static BigDecimal unblended(String type, BigDecimal cost) {
        return switch (type) {
            case "Refund", "SavingsPlanNegation", "Credit" -> cost.negate();
            case "SavingsPlanRecurringFee", "RIFee" -> cost.multiply(COMMITTED_SHARE);
            case "DiscountedUsage" -> BigDecimal.ZERO;
            case "Tax" -> cost.multiply(TAX_RATE);
            default -> cost;
        };
    }

    private static void bill(Row row, SampleLine line) {
        row.with("bill_bill_type", "Anniversary")
                .with("bill_billing_entity", "AWS")
                .with("bill_billing_period_start_date", line.billingStart())
                .with("bill_billing_period_end_date", line.billingEnd())
                .with("bill_invoice_id", line.number(10, "aws-invoice-" + line.billingMonth()))
                .with("bill_invoicing_entity", "Amazon Web Services, Inc.")
                .with("bill_payer_account_id", line.number(12, "aws-payer"))
                .with("bill_payer_account_name", "payer")
                .with("identity_line_item_id", line.id(26, line.day() + "#" + line.index()))
                .with("identity_time_interval", line.start() + "/" + line.end());
    }

    private static void item(Row row, SampleLine line, Charge charge, String type) {
        BigDecimal cost = unblended(type, charge.cost);
        row.with("line_item_availability_zone", charge.region + "a")
                .with("line_item_blended_cost", cost)
                .with("line_item_blended_rate", charge.offer.price())
                .with("line_item_currency_code", "USD")
                .with("line_item_legal_entity", "Amazon Web Services, Inc.")
                .with("line_item_line_item_description", type + " of " + charge.offer.skuName())
                .with("line_item_line_item_type", type)
                .with("line_item_net_unblended_cost", cost)
                .with("line_item_operation", charge.offer.subcategory())
                .with("line_item_product_code", charge.offer.service())
                .with("line_item_resource_id", resource(line, charge))
                .with("line_item_tax_type", type.equals("Tax") ? "VAT" : null)
                .with("line_item_unblended_cost", cost)
                .with("line_item_unblended_rate", charge.offer.price())
                .with("line_item_usage_account_id", line.number(12, charge.account))
                .with("line_item_usage_account_name", charge.account)
                .with("line_item_usage_amount", charge.amount)
                .with("line_item_usage_start_date", line.start())
                .with("line_item_usage_end_date", line.end())
                .with("line_item_usage_type", charge.offer.skuName());
    }

    private static String resource(SampleLine line, Charge charge) {
        return "arn:aws:service:" + charge.region + ":" + line.id(12, "r" + line.index() % 20);
    }

    private static void pricing(Row row, Charge charge) {
        Offer offer = charge.offer;
        row.with("pricing_currency", "USD")
                .with("pricing_public_on_demand_cost", charge.amount.multiply(offer.price()))
                .with("pricing_public_on_demand_rate", offer.price())
                .with("pricing_rate_code", offer.sku() + ".JRTCKXETXF.6YS6EN2CT7")
                .with("pricing_term", "OnDemand")
                .with("pricing_unit", offer.unit())
                .with("product", "{\"product_name\":\"" + offer.serviceName() + "\"}")
                .with("product_location", charge.region)
                .with("product_product_family", offer.category())
                .with("product_region_code", charge.region)
                .with("product_servicecode", offer.service())
                .with("product_sku", offer.sku())
                .with("product_usagetype", offer.skuName());
    }

    private static void commitment(Row row, SampleLine line, Charge charge, String type) {
        BigDecimal committed = charge.cost.multiply(COMMITTED_SHARE);
        if (type.startsWith("SavingsPlan")) {
            row.with(
                            "savings_plan_savings_plan_a_r_n",
                            "arn:aws:savingsplans::" + line.id(12, "sp"))
                    .with("pricing_term", null);
        }
        switch (type) {
            case "SavingsPlanCoveredUsage" ->
                    row.with("savings_plan_savings_plan_effective_cost", committed);
            case "SavingsPlanRecurringFee" ->
                    row.with("savings_plan_total_commitment_to_date", committed)
                            .with("savings_plan_used_commitment", committed);
            case "DiscountedUsage" ->
                    reserved(row, line).with("reservation_effective_cost", committed);
            case "RIFee" ->
                    reserved(row, line)
                            .with("reservation_unused_recurring_fee", BigDecimal.ZERO)
                            .with(
                                    "reservation_unused_amortized_upfront_fee_for_billing_period",
                                    BigDecimal.ZERO);
            default -> {}
        }
    }

    private static Row reserved(Row row, SampleLine line) {
        return row.with("reservation_reservation_a_r_n", "arn:aws:ec2::" + line.id(12, "ri"))
                .with("pricing_term", "Reserved");
    }
}
