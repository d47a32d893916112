package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.util.List;

/// The cost report of Oracle Cloud as CSV; each fortieth line is a correction (negative).
final class OciCost implements Shape.Csv {

    private static final List<String> COLUMNS =
            List.of(
                    """
                    lineItem/referenceNo lineItem/tenantId lineItem/intervalUsageStart
                    lineItem/intervalUsageEnd product/service product/compartmentId
                    product/compartmentName product/region product/availabilityDomain
                    product/resourceId usage/billedQuantity usage/billedQuantityOverage
                    cost/subscriptionId cost/productSku product/Description cost/unitPrice
                    cost/unitPriceOverage cost/myCost cost/myCostOverage cost/currencyCode
                    cost/billingUnitReadable cost/skuUnitDescription cost/overageFlag
                    lineItem/isCorrection lineItem/backreferenceNo tags/Oracle-Tags.CreatedBy
                    tags/Operations.Team
                    """
                            .split("\\s+"));
    private static final int CYCLE = 40;
    private static final int CORRECTION = 39;
    private static final int AMOUNT_SCALE = 3;
    private static final long AMOUNT_MAX = 90_000;
    private static final List<String> REGIONS = List.of("us-ashburn-1", "eu-frankfurt-1");
    private static final List<String> COMPARTMENTS = List.of("shop", "analytics", "platform");
    private static final List<Offer> OFFERS =
            Offer.catalog(
                    """
                    COMPUTE       | Compute        | B93113 | Standard - E4 - OCPU               | OCPU Hours        | 1 NONE HOURS OCPU            | - | 0.025
                    COMPUTE       | Compute        | B93114 | Standard - E4 - Memory             | GB Hours          | 1 GiB HOURS MEMORY           | - | 0.0015
                    OBJECTSTORE   | Object Storage | B91628 | Object Storage - Storage           | GB Months         | 1 GiB MONTHS STORAGE_SIZE    | - | 0.0255
                    MYSQL         | MySQL          | B92426 | MySQL Database Service - Storage   | GB Months         | 1 GiB MONTHS STORAGE_SIZE    | - | 0.04
                    NETWORK       | Networking     | B88327 | Outbound Data Transfer Zone 1      | GB Months         | 1 GiB HOURS DATA_TRANSFERRED | - | 0.0085
                    TELEMETRY     | Monitoring     | B90926 | Monitoring Service - Retrieval     | Million Datapoints| 1000000 NONE NONE DATAPOINTS | - | 0.0015
                    """);

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public String costColumn() {
        return "cost/myCost";
    }

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Offer offer = dice.pick(OFFERS);
        String region = dice.pick(REGIONS);
        String compartment = dice.pick(COMPARTMENTS);
        BigDecimal amount = dice.amount(AMOUNT_MAX, AMOUNT_SCALE);
        boolean correction = line.index() % CYCLE == CORRECTION;
        BigDecimal quantity = correction ? amount.negate() : amount;
        return place(line, offer, region, compartment)
                .with("usage/billedQuantity", quantity)
                .with("cost/subscriptionId", line.number(8, "oci-subscription"))
                .with("cost/productSku", offer.sku())
                .with("product/Description", offer.skuName())
                .with("cost/unitPrice", offer.price())
                .with("cost/myCost", line.restate(quantity.multiply(offer.price())))
                .with("cost/currencyCode", "USD")
                .with("cost/billingUnitReadable", offer.category())
                .with("cost/skuUnitDescription", offer.unit())
                .with("cost/overageFlag", "N")
                .with("lineItem/isCorrection", correction)
                .with("lineItem/backreferenceNo", correction ? reference(line.sibling(-1)) : null)
                .with("tags/Oracle-Tags.CreatedBy", "default/billing@example.com")
                .with("tags/Operations.Team", compartment);
    }

    private static Row place(SampleLine line, Offer offer, String region, String compartment) {
        String resource = line.id(24, "oci-resource-" + line.index() % 20);
        return new Row()
                .with("lineItem/referenceNo", reference(line))
                .with("lineItem/tenantId", "ocid1.tenancy.oc1.." + line.id(30, "oci-tenancy"))
                .with("lineItem/intervalUsageStart", line.start().toString().replace(":00Z", "Z"))
                .with("lineItem/intervalUsageEnd", line.end())
                .with("product/service", offer.service())
                .with("product/compartmentId", "ocid1.compartment.oc1.." + line.id(30, compartment))
                .with("product/compartmentName", compartment)
                .with("product/region", region)
                .with("product/availabilityDomain", region + "-ad-1")
                .with("product/resourceId", "ocid1.resource.oc1." + region + "." + resource);
    }

    private static String reference(SampleLine line) {
        return line.id(32, line.day() + "#" + line.index());
    }
}
