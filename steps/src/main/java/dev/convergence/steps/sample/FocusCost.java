package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.util.List;

/// A FOCUS 1.2 export as CSV.
///
/// Of each 40 lines of a day one is a purchase, one tax, one a credit (negative), one a correction
/// (an adjustment of class Correction, negative).
final class FocusCost implements Shape.Csv {

    private static final List<String> COLUMNS =
            List.of(
                    """
                    AvailabilityZone BilledCost BillingAccountId BillingAccountName
                    BillingAccountType BillingCurrency BillingPeriodEnd BillingPeriodStart
                    CapacityReservationId CapacityReservationStatus ChargeCategory ChargeClass
                    ChargeDescription ChargeFrequency ChargePeriodEnd ChargePeriodStart
                    CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName
                    CommitmentDiscountQuantity CommitmentDiscountStatus CommitmentDiscountType
                    CommitmentDiscountUnit ConsumedQuantity ConsumedUnit ContractedCost
                    ContractedUnitPrice EffectiveCost InvoiceId InvoiceIssuerName ListCost
                    ListUnitPrice PricingCategory PricingCurrency
                    PricingCurrencyContractedUnitPrice PricingCurrencyEffectiveCost
                    PricingCurrencyListUnitPrice PricingQuantity PricingUnit ProviderName
                    PublisherName RegionId RegionName ResourceId ResourceName ResourceType
                    ServiceCategory ServiceName ServiceSubcategory SkuId SkuMeter SkuPriceDetails
                    SkuPriceId SubAccountId SubAccountName SubAccountType Tags
                    """
                            .split("\\s+"));
    private static final int CYCLE = 40;
    private static final int AMOUNT_SCALE = 3;
    private static final long AMOUNT_MAX = 90_000;
    private static final BigDecimal CONTRACT = new BigDecimal("0.9");
    private static final BigDecimal TAX_RATE = new BigDecimal("0.1");
    private static final List<String> REGIONS = List.of("us-east-1", "eu-west-1");
    private static final List<String> ACCOUNTS = List.of("shop", "analytics", "platform");
    private static final List<Offer> OFFERS =
            Offer.catalog(
                    """
                    vm      | Virtual Machines | VM-2 | General purpose, 2 cores | Hours     | Compute    | Virtual Machines     | 0.0960
                    object  | Object Storage   | OB-1 | Standard storage         | GB-Months | Storage    | Object Storage       | 0.0230
                    sql     | Managed SQL      | DB-2 | Two cores                | Hours     | Databases  | Relational Databases | 0.0720
                    traffic | Network          | NW-1 | Outbound traffic         | GB        | Networking | Content Delivery     | 0.0900
                    """);

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String costColumn() {
        return "BilledCost";
    }

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Offer offer = dice.pick(OFFERS);
        String region = dice.pick(REGIONS);
        String account = dice.pick(ACCOUNTS);
        BigDecimal quantity = dice.amount(AMOUNT_MAX, AMOUNT_SCALE);
        String category = category(line.index());
        Row row = new Row();
        billing(row, line, account);
        charge(row, line, offer, category);
        cost(row, line, offer, quantity, category);
        if (!category.equals("Tax")) {
            resource(row, line, offer, region);
        }
        return row.with("ServiceName", offer.serviceName())
                .with("ServiceCategory", offer.category())
                .with("ServiceSubcategory", offer.subcategory())
                .with("Tags", "{\"team\":\"" + account + "\"}");
    }

    private static String category(int index) {
        return switch (index % CYCLE) {
            case 36 -> "Purchase";
            case 37 -> "Tax";
            case 38 -> "Credit";
            case 39 -> "Adjustment";
            default -> "Usage";
        };
    }

    private static void billing(Row row, SampleLine line, String account) {
        row.with("BillingAccountId", line.number(10, "focus-account"))
                .with("BillingAccountName", "Sample account")
                .with("BillingAccountType", "Billing Account")
                .with("BillingCurrency", "USD")
                .with("BillingPeriodStart", line.billingStart())
                .with("BillingPeriodEnd", line.billingEnd())
                .with("InvoiceId", line.number(8, "focus-invoice-" + line.billingMonth()))
                .with("InvoiceIssuerName", "Sample Cloud")
                .with("ProviderName", "Sample Cloud")
                .with("PublisherName", "Sample Cloud")
                .with("SubAccountId", line.number(10, account))
                .with("SubAccountName", account)
                .with("SubAccountType", "Account");
    }

    private static void charge(Row row, SampleLine line, Offer offer, String category) {
        row.with("ChargeCategory", category)
                .with("ChargeClass", category.equals("Adjustment") ? "Correction" : null)
                .with("ChargeDescription", category + " of " + offer.skuName())
                .with("ChargeFrequency", category.equals("Purchase") ? "One-Time" : "Usage-Based")
                .with("ChargePeriodStart", line.start())
                .with("ChargePeriodEnd", line.end());
    }

    private static void cost(
            Row row, SampleLine line, Offer offer, BigDecimal quantity, String category) {
        BigDecimal list = line.restate(billed(category, quantity.multiply(offer.price())));
        BigDecimal contracted = list.signum() < 0 ? list : list.multiply(CONTRACT);
        row.with("ListCost", list)
                .with("ContractedCost", contracted)
                .with("EffectiveCost", contracted)
                .with("BilledCost", contracted);
        if (category.equals("Usage")) {
            row.with("ListUnitPrice", offer.price())
                    .with("ContractedUnitPrice", offer.price().multiply(CONTRACT))
                    .with("PricingCategory", "Standard")
                    .with("PricingQuantity", line.restate(quantity))
                    .with("PricingUnit", offer.unit())
                    .with("ConsumedQuantity", line.restate(quantity))
                    .with("ConsumedUnit", offer.unit());
        }
    }

    private static BigDecimal billed(String category, BigDecimal cost) {
        return switch (category) {
            case "Tax" -> cost.multiply(TAX_RATE);
            case "Credit", "Adjustment" -> cost.negate();
            default -> cost;
        };
    }

    private static void resource(Row row, SampleLine line, Offer offer, String region) {
        String name = offer.service() + "-" + line.id(8, "r" + line.index() % 20);
        row.with("SkuId", offer.sku())
                .with("SkuPriceId", offer.sku() + "-1")
                .with("SkuMeter", offer.skuName())
                .with("RegionId", region)
                .with("RegionName", region)
                .with("AvailabilityZone", region + "a")
                .with("ResourceId", "res/" + region + "/" + name)
                .with("ResourceName", name)
                .with("ResourceType", offer.serviceName());
    }
}
