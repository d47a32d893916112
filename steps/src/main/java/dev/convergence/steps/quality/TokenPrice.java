package dev.convergence.steps.quality;

import java.math.BigDecimal;

/// What a million tokens of a model cost.
///
/// @param model its name; a date behind it, or `-latest`, is the same model
record TokenPrice(
        String model,
        BigDecimal input,
        BigDecimal cachedInput,
        BigDecimal cacheWrite,
        BigDecimal output,
        String currency) {}
