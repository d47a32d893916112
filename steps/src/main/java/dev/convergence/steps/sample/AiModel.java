package dev.convergence.steps.sample;

import java.math.BigDecimal;

/// A language model with its prices in dollars for a million tokens.
record AiModel(String name, BigDecimal input, BigDecimal cached, BigDecimal output) {

    private static final int MILLION_DIGITS = 6;

    static AiModel of(String name, String input, String cached, String output) {
        return new AiModel(
                name, new BigDecimal(input), new BigDecimal(cached), new BigDecimal(output));
    }

    /// Exact: a million is a shift of the decimal point.
    BigDecimal dollars(long inputTokens, long cachedTokens, long outputTokens) {
        return input.multiply(BigDecimal.valueOf(inputTokens))
                .add(cached.multiply(BigDecimal.valueOf(cachedTokens)))
                .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                .movePointLeft(MILLION_DIGITS);
    }
}
