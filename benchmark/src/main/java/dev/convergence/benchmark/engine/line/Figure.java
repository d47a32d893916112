package dev.convergence.benchmark.engine.line;

import java.util.Collections;
import java.util.List;

/// One number of the report: what was measured of whom, in each round.
///
/// @param label what it says in the table's first column; figures with the same label are compared
/// @param faults what makes the number worthless: a job lost or done twice, an error
/// @param notes what a reader needs to know beside it
public record Figure(
        String label,
        String contestant,
        Unit unit,
        List<Double> rounds,
        List<String> faults,
        List<String> notes) {

    public Figure {
        rounds = List.copyOf(rounds);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public static Figure of(String label, String contestant, Unit unit, List<Double> rounds) {
        return new Figure(label, contestant, unit, rounds, List.of(), List.of());
    }

    public Figure faults(List<String> found) {
        return new Figure(label, contestant, unit, rounds, found, notes);
    }

    public Figure notes(List<String> said) {
        return new Figure(label, contestant, unit, rounds, faults, said);
    }

    public boolean isSound() {
        return faults.isEmpty() && !rounds.isEmpty();
    }

    public double median() {
        List<Double> sorted = rounds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double least() {
        return rounds.isEmpty() ? Double.NaN : Collections.min(rounds);
    }

    public double most() {
        return rounds.isEmpty() ? Double.NaN : Collections.max(rounds);
    }

    /// How many times better this is than the other; above 1 is better, whatever the unit.
    public double ratioTo(Figure other) {
        return unit.isLessBetter() ? other.median() / median() : median() / other.median();
    }
}
