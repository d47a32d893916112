package dev.convergence.steps.quality;

import java.util.List;

/// Which rows a rule is about: those whose column has one of some values, any, or none.
record Condition(String column, Wanted wanted, List<String> values) {

    enum Wanted {
        ONE_OF,
        ANY_VALUE,
        NO_VALUE
    }

    Sql holds(TableFacts table) {
        return switch (wanted) {
            case ONE_OF -> Sql.format(table.text(column) + " IN %s", Sql.list(values));
            case ANY_VALUE -> Sql.of(Identifier.quoted(column) + " IS NOT NULL");
            case NO_VALUE -> Sql.of(Identifier.quoted(column) + " IS NULL");
        };
    }
}
