package dev.convergence.steps.source;

/// What a line's quantity costs by its list and contracted prices, where SQL multiplies exactly:
/// blocks of one unit, and at most ten places in prices and quantity. Of other lines [AzureUnit]
/// works it out, once for each combination.
///
/// Worked out as a line is read: there the numbers are texts still, and to make a short number of a
/// text is much cheaper than of a long number.
final class AzureAmounts {

    private AzureAmounts() {}

    /// A text of at most ten places loses none of them. Others may have zeros there, or an
    /// exponent: they are held against the long number.
    private static final String FEW =
            """
            CASE WHEN NOT contains(%1$s, 'e') AND NOT contains(%1$s, 'E') AND NOT contains(%1$s, '_')
                AND (instr(%1$s, '.') = 0 OR instr(%1$s, '.') >= strlen(%1$s) - 10)
              THEN TRY_CAST(%1$s AS DECIMAL(19,10))
              WHEN TRY_CAST(%1$s AS DECIMAL(19,10)) = %2$s
              THEN TRY_CAST(%1$s AS DECIMAL(19,10)) END\
            """;

    private static String few(Cells cells, String name, String... names) {
        String text = cells.text(names);
        return text.equals(Cells.NOTHING)
                ? Cells.NOTHING
                : cells.once("few_" + name, FEW.formatted(text, Typing.money(text)));
    }

    private static String quantity(Cells cells) {
        return few(cells, "quantity", "Quantity", "UsageQuantity");
    }

    private static String list(Cells cells) {
        return few(cells, "payg_price", "PayGPrice");
    }

    private static String contracted(Cells cells) {
        return few(cells, "unit_price", "UnitPrice", "ResourceRate");
    }

    private static final String ONE_UNIT =
            """
            (%1$s IS NULL OR (starts_with(%1$s, '1 ') AND regexp_full_match(%1$s, '1 [A-Za-z/ ]+')
              AND NOT regexp_matches(%1$s, '^1 [KM]([^A-Za-z]|$)')))\
            """;

    /// `yes` for a line of which the two products are exact.
    static String exact(Cells cells) {
        String all =
                "CASE WHEN %s AND %s AND %s AND %s THEN 'yes' END"
                        .formatted(
                                ONE_UNIT.formatted(cells.text("UnitOfMeasure")),
                                fits(quantity(cells), cells.text("Quantity", "UsageQuantity")),
                                fits(list(cells), cells.text("PayGPrice")),
                                fits(contracted(cells), cells.text("UnitPrice", "ResourceRate")));
        return cells.once("x_exact_amounts", all);
    }

    private static String fits(String few, String text) {
        return "(%s IS NULL OR %s IS NOT NULL)".formatted(text, few);
    }

    static String listCost(Cells cells) {
        return product(cells, list(cells));
    }

    static String contractedCost(Cells cells) {
        return product(cells, contracted(cells));
    }

    /// Ten places by ten are the twenty of an amount.
    private static String product(Cells cells, String price) {
        String quantity = quantity(cells);
        if (price.equals(Cells.NOTHING) || quantity.equals(Cells.NOTHING)) {
            return Cells.NOTHING;
        }
        return "CASE WHEN %s IS NOT NULL THEN %s * %s END".formatted(exact(cells), price, quantity);
    }
}
