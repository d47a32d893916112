package dev.convergence.steps.quality;

import java.util.List;
import java.util.Optional;

/// What a rule wants of a table as a whole.
sealed interface TableExpectation extends Expectation
        permits RowCountBetween,
                ColumnsMatch,
                MeanBetween,
                QuantilesBetween,
                Unique,
                ConstantWithin,
                Freshness,
                Reconciliation,
                SumEquals,
                ShareBetween,
                NoDayGap,
                SomeRows,
                ValuesAddUp,
                TagCoverage,
                SplitAddsUp,
                OnceAcrossFiles,
                CostsMatchPrices {

    /// The aggregates that it needs.
    List<Sql> measures(TableFacts table);

    /// A question of its own where aggregates of the whole table do not answer, asked when those
    /// were measured; the values of its one row come behind them.
    default Optional<Sql> question(TableFacts table, Measured measured) {
        return Optional.empty();
    }

    Verdict judge(Measured measured, TableFacts table, LoadTime time);

    /// A query of up to 20 keys that break it, where rows can be named.
    default Optional<Sql> failingKeys(TableFacts table) {
        return Optional.empty();
    }
}
