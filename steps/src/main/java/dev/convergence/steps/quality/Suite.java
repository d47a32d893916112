package dev.convergence.steps.quality;

import java.util.List;

/// The rules that a table is checked against.
///
/// @param table the table that the suite is written for
/// @param key the columns by which a failing row is named to the user
record Suite(String name, String description, String table, List<String> key, List<Rule> rules) {

    Suite {
        key = List.copyOf(key);
        rules = List.copyOf(rules);
    }
}
