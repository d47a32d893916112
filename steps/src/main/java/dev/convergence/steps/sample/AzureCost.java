package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The actual-cost export of Azure as CSV: dates without a time, tags without their outer braces.
///
/// Of each 40 lines of a day one is a purchase, one a refund, one unused reservation, one a
/// rounding adjustment.
final class AzureCost implements Shape.Csv {

    private static final List<String> COLUMNS =
            List.of(
                    """
                    InvoiceSectionName AccountName AccountOwnerId SubscriptionId SubscriptionName
                    ResourceGroup ResourceLocation Date ProductName MeterCategory MeterSubCategory
                    MeterId MeterName MeterRegion UnitOfMeasure Quantity EffectivePrice
                    CostInBillingCurrency CostCenter ConsumedService ResourceId Tags OfferId
                    AdditionalInfo ServiceInfo1 ServiceInfo2 ResourceName ReservationId
                    ReservationName UnitPrice ProductOrderId ProductOrderName Term PublisherType
                    PublisherName ChargeType Frequency PricingModel AvailabilityZone
                    BillingAccountId BillingAccountName BillingCurrencyCode BillingPeriodStartDate
                    BillingPeriodEndDate BillingProfileId BillingProfileName InvoiceSectionId
                    IsAzureCreditEligible PartNumber PayGPrice PlanName ServiceFamily
                    CostAllocationRuleName benefitId benefitName
                    """
                            .split("\\s+"));
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT);
    private static final int CYCLE = 40;
    private static final int AMOUNT_SCALE = 3;
    private static final long AMOUNT_MAX = 90_000;
    private static final List<String> REGIONS = List.of("eastus", "westeurope", "centralindia");
    private static final List<String> GROUPS = List.of("rg-shop", "rg-analytics", "rg-platform");
    private static final List<Offer> OFFERS =
            Offer.catalog(
                    """
                    Microsoft.Compute | Virtual Machines   | AAA-10001 | D2s v5                 | 1 Hour     | Compute    | Dsv5 Series      | 0.096
                    Microsoft.Compute | Virtual Machines   | AAA-10002 | B2ms                   | 1 Hour     | Compute    | BS Series        | 0.0832
                    Microsoft.Storage | Storage            | AAA-10003 | LRS Data Stored        | 1 GB/Month | Storage    | Hot LRS Blob     | 0.0184
                    Microsoft.Sql     | SQL Database       | AAA-10004 | vCore                  | 1 Hour     | Databases  | General Purpose  | 0.1525
                    Microsoft.Network | Virtual Network    | AAA-10005 | Intra-Region Ingress   | 1 GB       | Networking | Peering          | 0.01
                    Microsoft.Insights| Azure Monitor      | AAA-10006 | Data Ingestion         | 1 GB       | Management and Governance | Log Analytics | 2.3
                    """);

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String costColumn() {
        return "CostInBillingCurrency";
    }

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Offer offer = dice.pick(OFFERS);
        String region = dice.pick(REGIONS);
        String group = dice.pick(GROUPS);
        BigDecimal quantity = dice.amount(AMOUNT_MAX, AMOUNT_SCALE);
        String type = chargeType(line.index());
        Row row = new Row();
        account(row, line, group);
        meter(row, line, offer, region);
        cost(row, line, offer, quantity, type);
        resource(row, line, offer, group, region);
        return row;
    }

    private static String chargeType(int index) {
        return switch (index % CYCLE) {
            case 36 -> "Purchase";
            case 37 -> "Refund";
            case 38 -> "UnusedReservation";
            case 39 -> "RoundingAdjustment";
            default -> "Usage";
        };
    }

    private static void account(Row row, SampleLine line, String group) {
        LocalDate lastDay = line.billingMonth().atEndOfMonth();
        row.with("InvoiceSectionName", "Default")
                .with("AccountName", "billing@example.com")
                .with("AccountOwnerId", "billing@example.com")
                .with("SubscriptionId", line.uuid("subscription-" + group))
                .with("SubscriptionName", group.replace("rg-", "sub-"))
                .with("BillingAccountId", line.number(8, "azure-account"))
                .with("BillingAccountName", "Sample enrolment")
                .with("BillingCurrencyCode", "USD")
                .with("BillingPeriodStartDate", DATE.format(line.billingMonth().atDay(1)))
                .with("BillingPeriodEndDate", DATE.format(lastDay))
                .with("BillingProfileId", line.number(8, "azure-profile"))
                .with("BillingProfileName", "Sample profile")
                .with("OfferId", "MS-AZR-0017P")
                .with("IsAzureCreditEligible", "TRUE");
    }

    private static void meter(Row row, SampleLine line, Offer offer, String region) {
        row.with("Date", DATE.format(line.day()))
                .with("ProductName", offer.serviceName() + " - " + offer.skuName())
                .with("MeterCategory", offer.serviceName())
                .with("MeterSubCategory", offer.subcategory())
                .with("MeterId", line.uuid("meter-" + offer.sku()))
                .with("MeterName", offer.skuName())
                .with("MeterRegion", region)
                .with("UnitOfMeasure", offer.unit())
                .with("ConsumedService", offer.service())
                .with("PartNumber", offer.sku())
                .with("ServiceFamily", offer.category());
    }

    private static void cost(
            Row row, SampleLine line, Offer offer, BigDecimal quantity, String type) {
        BigDecimal cost = line.restate(quantity.multiply(offer.price()));
        row.with("Quantity", quantity)
                .with("EffectivePrice", offer.price())
                .with("CostInBillingCurrency", billed(type, cost))
                .with("UnitPrice", offer.price())
                .with("PayGPrice", offer.price())
                .with("ChargeType", type)
                .with("Frequency", type.equals("Purchase") ? "OneTime" : "UsageBased")
                .with("PricingModel", type.endsWith("Reservation") ? "Reservation" : "OnDemand")
                .with("ReservationId", type.endsWith("Reservation") ? line.uuid("ri") : null)
                .with("PublisherType", "Azure")
                .with("PublisherName", "Microsoft");
    }

    private static BigDecimal billed(String type, BigDecimal cost) {
        return switch (type) {
            case "Refund" -> cost.negate();
            case "UnusedReservation" -> BigDecimal.ZERO;
            case "RoundingAdjustment" -> new BigDecimal("-0.000001");
            default -> cost;
        };
    }

    private static void resource(
            Row row, SampleLine line, Offer offer, String group, String region) {
        String name = group.replace("rg-", "") + "-" + line.id(8, "r" + line.index() % 20);
        row.with("ResourceGroup", group)
                .with("ResourceLocation", region)
                .with("ResourceName", name)
                .with(
                        "ResourceId",
                        "/subscriptions/"
                                + line.uuid("subscription-" + group)
                                + "/resourceGroups/"
                                + group
                                + "/providers/"
                                + offer.service()
                                + "/items/"
                                + name)
                .with("Tags", "\"env\": \"prod\",\"team\": \"" + group.replace("rg-", "") + "\"");
    }
}
