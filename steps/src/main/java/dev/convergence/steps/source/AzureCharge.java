package dev.convergence.steps.source;

/// What a line of Azure's bill costs, and what a reservation or savings plan has to do with it.
///
/// The actual export has a commitment's price on the day it was bought, and nothing for the use
/// that it covers; the amortized one spreads the price over that use and over what went unused.
final class AzureCharge {

    static final String[] COST = {"CostInBillingCurrency", "Cost", "PreTaxCost"};

    private static final String COMMITMENT =
            """
            CASE WHEN %1$s IN ('UnusedReservation', 'UnusedSavingsPlan') THEN 'Unused'
              WHEN %2$s IS NULL AND %3$s IS NULL THEN NULL
              WHEN %2$s IS NOT NULL AND %2$s NOT IN ('Reservation', 'SavingsPlan') THEN NULL
              WHEN %1$s IN ('Purchase', 'Refund') THEN 'Bought'
              WHEN coalesce(%1$s, 'Usage') = 'Usage' THEN 'Used' END\
            """;

    private AzureCharge() {}

    /// `Used`, `Unused` or `Bought`; null where no commitment plays a part.
    static String commitment(Cells cells) {
        return cells.once(
                "x_commitment",
                COMMITMENT.formatted(
                        cells.text("ChargeType"),
                        cells.text("PricingModel"),
                        cells.text("ReservationId", "benefitId")));
    }

    /// Which export a line proves to be of: only the amortized one has a price for what a
    /// commitment covers.
    static String export(Cells cells) {
        return """
        CASE WHEN %s IN ('Used', 'Unused') AND TRY_CAST(%s AS DOUBLE) <> 0 THEN 'amortized'
          ELSE 'actual' END\
        """
                .formatted(commitment(cells), cells.text(COST));
    }

    /// Nothing is billed for what a commitment covers.
    static String billed(Cells cells) {
        return "CASE WHEN %s IN ('Used', 'Unused') THEN '0' ELSE %s END"
                .formatted(commitment(cells), cells.text(COST));
    }
}
