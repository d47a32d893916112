package dev.convergence.steps.source;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Exact decimals with twenty places, rounded half to even: never a binary floating point number.
public final class Money {

    public static final int SCALE = 20;
    public static final String SQL_TYPE = "DECIMAL(38,20)";

    private static final int WHOLE_DIGITS_MAX = 18;
    private static final int TEXT_MAX = 400;

    private Money() {}

    /// @throws BadValue when the text is no number, or one of more than 18 digits before the point
    static BigDecimal of(String text) {
        return scaled(exact(text));
    }

    /// The number with all its digits, for sums that are rounded once, at their end.
    static BigDecimal exact(String text) {
        if (text.length() > TEXT_MAX) {
            throw new BadValue("is too long for a number");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) > TEXT_MAX ? scaled(number) : number;
        } catch (NumberFormatException notANumber) {
            throw new BadValue(
                    text.indexOf(',') < 0
                            ? "is not a number"
                            : "has a comma in a number, and no format of ours writes one there; save"
                                    + " the file with points (1234.5)");
        }
    }

    /// The exponent is looked at first: rounding 1e-999999999 digit by digit would take for ever.
    static BigDecimal scaled(BigDecimal number) {
        long wholeDigits = (long) number.precision() - number.scale();
        if (number.signum() == 0 || wholeDigits < -SCALE) {
            return BigDecimal.ZERO.setScale(SCALE);
        }
        if (wholeDigits > WHOLE_DIGITS_MAX) {
            throw tooLarge();
        }
        BigDecimal rounded = number.setScale(SCALE, RoundingMode.HALF_EVEN);
        if (rounded.precision() - SCALE > WHOLE_DIGITS_MAX) {
            throw tooLarge();
        }
        return rounded;
    }

    static @Nullable String product(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return null;
        }
        return of(left).multiply(of(right)).toPlainString();
    }

    static @Nullable String quotient(@Nullable String dividend, @Nullable String divisor) {
        if (dividend == null || divisor == null || of(divisor).signum() == 0) {
            return null;
        }
        return of(dividend).divide(of(divisor), SCALE, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static BadValue tooLarge() {
        return new BadValue("has more than " + WHOLE_DIGITS_MAX + " digits before the point");
    }
}
