package dev.convergence.steps.quality;

import java.util.List;
import java.util.TreeSet;

/// The table has the columns that are named and, when exact, no other; own columns (`x_…`) may
/// always be there.
record ColumnsMatch(List<String> wanted, boolean exact) implements TableExpectation {

    private static final String OWN = "x_";

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public List<Sql> measures(TableFacts table) {
        return List.of();
    }

    @Override
    public Verdict judge(Measured measured, TableFacts table, LoadTime time) {
        List<String> missing = wanted.stream().filter(name -> !table.has(name)).toList();
        List<String> unexpected = exact ? unexpected(table) : List.of();
        boolean passed = missing.isEmpty() && unexpected.isEmpty();
        String actual =
                passed
                        ? table.columns().size() + " columns"
                        : "missing " + missing + ", unexpected " + unexpected;
        return Verdict.of(passed, measured.rows(), actual);
    }

    private List<String> unexpected(TableFacts table) {
        TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(wanted);
        return table.columns().keySet().stream()
                .filter(name -> !name.startsWith(OWN) && !known.contains(name))
                .toList();
    }

    @Override
    public String expected() {
        return (exact ? "exactly " : "at least ") + wanted.size() + " columns";
    }
}
