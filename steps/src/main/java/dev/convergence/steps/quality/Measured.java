package dev.convergence.steps.quality;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values that a rule's measures had, in their order.
record Measured(long rows, List<@Nullable Object> values) {

    /// These values and more behind them.
    Measured and(List<@Nullable Object> more) {
        List<@Nullable Object> all = new ArrayList<>(values);
        all.addAll(more);
        return new Measured(rows, all);
    }

    long count(int index) {
        Object value = values.get(index);
        return value == null ? 0 : ((Number) value).longValue();
    }

    @Nullable BigDecimal number(int index) {
        Object value = values.get(index);
        return value == null ? null : new BigDecimal(value.toString());
    }
}
