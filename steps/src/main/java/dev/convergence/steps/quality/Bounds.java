package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of numbers, ends included; null leaves a side open.
record Bounds(@Nullable BigDecimal min, @Nullable BigDecimal max) {

    static Bounds of(Fields fields) {
        Bounds bounds = new Bounds(fields.decimal("min"), fields.decimal("max"));
        if (bounds.min == null && bounds.max == null) {
            fields.fault("min", "REQUIRED", "needs min, max or both.");
        } else if (bounds.min != null
                && bounds.max != null
                && bounds.min.compareTo(bounds.max) > 0) {
            fields.fault("min", "OUT_OF_RANGE", "must not be above max.");
        }
        return bounds;
    }

    boolean holds(BigDecimal value) {
        return (min == null || value.compareTo(min) >= 0)
                && (max == null || value.compareTo(max) <= 0);
    }

    /// True for a number outside the range.
    Sql outside(String number) {
        List<Sql> sides = new ArrayList<>();
        if (min != null) {
            sides.add(Sql.of(number + " < ?", min));
        }
        if (max != null) {
            sides.add(Sql.of(number + " > ?", max));
        }
        return Sql.join(" OR ", sides);
    }

    @Override
    public String toString() {
        if (min == null) {
            return max == null ? "any" : "at most " + max.toPlainString();
        }
        return max == null
                ? "at least " + min.toPlainString()
                : min.toPlainString() + " to " + max.toPlainString();
    }
}
