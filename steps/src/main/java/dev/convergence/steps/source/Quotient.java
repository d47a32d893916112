package dev.convergence.steps.source;

/// A division of decimals to twenty places in SQL, rounded half to even. DuckDB divides decimals as
/// binary numbers; whole numbers it divides exactly, so this goes five digits at a time.
final class Quotient {

    private static final int ROUNDS = 4;
    private static final String FACTOR = "100000";

    private Quotient() {}

    /// Most prices have few digits; one that has is found by dividing floating point numbers, and
    /// proved by multiplying exactly. The others are divided digit by digit, which is slow. The
    /// texts are read as what is wanted of them: making one number of another is slower.
    private static final String GUESS =
            """
            CASE WHEN %2$s <> 0
              THEN TRY_CAST(TRY_CAST(%3$s AS DOUBLE) / TRY_CAST(%4$s AS DOUBLE) AS DECIMAL(18,10)) END\
            """;

    private static final String EXACT =
            """
            CASE WHEN %4$s = %2$s AND %3$s * %4$s = %1$s THEN %3$s END\
            """;

    /// Null where one of the texts is no number, or nothing can be divided by it, or one of the
    /// three numbers has more than twelve digits before the point (the quotient: seventeen).
    static String of(Cells cells, String dividend, String divisor) {
        if (dividend.equals(Cells.NOTHING) || divisor.equals(Cells.NOTHING)) {
            return Cells.NOTHING;
        }
        String all = cells.once("q_all", Typing.money(dividend));
        String right = cells.once("q_right", Typing.money(divisor));
        String guess = cells.once("q_guess", GUESS.formatted(all, right, dividend, divisor));
        String few = cells.once("q_few", "TRY_CAST(%s AS DECIMAL(18,10))".formatted(divisor));
        String exact = cells.once("q_exact", EXACT.formatted(all, right, guess, few));
        String left =
                cells.once("q_left", "CASE WHEN %s IS NULL THEN %s END".formatted(exact, all));
        String by =
                cells.once(
                        "q_by",
                        """
                        CASE WHEN abs(%1$s) < 1000000000000 AND abs(%2$s) < 1000000000000
                          AND abs(%1$s::DOUBLE) < 1e17 * abs(%2$s::DOUBLE) THEN abs(%3$s) END\
                        """
                                .formatted(left, right, whole(right)));
        String rest = cells.once("q_rest", "abs(" + whole(left) + ")");
        String digits = cells.once("q_digits", "(%s // %s)::HUGEINT".formatted(rest, by));
        rest = cells.once("q_rest0", "%s %% %s".formatted(rest, by));
        for (int round = 1; round <= ROUNDS; round++) {
            String more = "(%s * %s)".formatted(rest, FACTOR);
            digits =
                    cells.once(
                            "q_digits" + round,
                            "%s * %s + %s // %s".formatted(digits, FACTOR, more, by));
            rest = cells.once("q_rest" + round, "%s %% %s".formatted(more, by));
        }
        String rounded =
                cells.once(
                        "q_rounded",
                        "%1$s + CASE WHEN 2 * %2$s > %3$s OR (2 * %2$s = %3$s AND %1$s %% 2 = 1) THEN 1 ELSE 0 END"
                                .formatted(digits, rest, by));
        return """
        CASE WHEN %4$s IS NOT NULL THEN %4$s::VARCHAR WHEN %1$s IS NOT NULL THEN
          CASE WHEN (%2$s < 0) <> (%3$s < 0) THEN '-' ELSE '' END
          || (%1$s // 100000000000000000000)::VARCHAR || '.'
          || lpad((%1$s %% 100000000000000000000)::VARCHAR, 20, '0') END\
        """
                .formatted(rounded, left, right, exact);
    }

    /// All twenty places as a whole number.
    private static String whole(String money) {
        return "replace(%s::VARCHAR, '.', '')::HUGEINT".formatted(money);
    }
}
