package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a line of Azure's bill costs, and what a reservation or savings plan has to do with it.
///
/// The actual export has a commitment's price on the day it was bought, and nothing for the use
/// that it covers; the amortized one spreads the price over that use and over what went unused.
final class AzureCharge {

    static final String[] COST = {"CostInBillingCurrency", "Cost", "PreTaxCost"};

    private static final Set<String> COMMITTED = Set.of("Reservation", "SavingsPlan");
    private static final Set<String> UNUSED = Set.of("UnusedReservation", "UnusedSavingsPlan");
    private static final Set<String> BOUGHT = Set.of("Purchase", "Refund");

    private AzureCharge() {}

    /// `Used`, `Unused` or `Bought`; null where no commitment plays a part.
    static @Nullable String commitment(SourceRow row) {
        String type = type(row);
        if (UNUSED.contains(type)) {
            return "Unused";
        }
        String model = row.text("PricingModel");
        boolean committed =
                model == null
                        ? row.text("ReservationId", "benefitId") != null
                        : COMMITTED.contains(model);
        if (!committed) {
            return null;
        }
        return BOUGHT.contains(type) ? "Bought" : type.equals("Usage") ? "Used" : null;
    }

    /// Nothing is billed for what a commitment covers.
    static @Nullable String billed(SourceRow row) {
        return isCovered(row) ? "0" : row.text(COST);
    }

    private static boolean isCovered(SourceRow row) {
        String commitment = commitment(row);
        return "Used".equals(commitment) || "Unused".equals(commitment);
    }

    static @Nullable String listCost(SourceRow row) {
        return priced(row, row.text("PayGPrice"));
    }

    static @Nullable String contractedCost(SourceRow row) {
        return priced(row, row.text("UnitPrice", "ResourceRate"));
    }

    /// Prices tell nothing about refunds, taxes and adjustments.
    private static @Nullable String priced(SourceRow row, @Nullable String price) {
        return type(row).equals("Usage") || UNUSED.contains(type(row))
                ? Money.product(price, row.text("Quantity", "UsageQuantity"))
                : null;
    }

    /// The actual export does not say what covered use is worth.
    static String fixup(SourceRow row) {
        String cost = row.text(COST);
        boolean unpriced =
                "Used".equals(commitment(row))
                        && cost != null
                        && Money.exact(cost).compareTo(BigDecimal.ZERO) == 0;
        return unpriced ? "EffectiveCostNotAmortized" : "";
    }

    private static String type(SourceRow row) {
        String type = row.text("ChargeType");
        return type == null ? "Usage" : type;
    }
}
