package dev.convergence.benchmark.engine.report;

import dev.convergence.benchmark.engine.contestant.Contestants;
import dev.convergence.benchmark.engine.line.Figure;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A report as Markdown: settings, then for each line who reached what, with the spread over the
/// rounds and how many times better ours is.
public final class Table {

    private final Report report;
    private final PrintStream out;

    public Table(Report report, PrintStream out) {
        this.report = report;
        this.out = out;
    }

    public void print() {
        facts("machine", report.machine());
        facts("PostgreSQL", report.postgres());
        report.contestants().forEach(this::facts);
        facts("left out", report.leftOut());
        figures();
        report.figures().forEach(this::remarks);
    }

    private void facts(String title, Map<String, String> facts) {
        if (!facts.isEmpty()) {
            out.println(
                    title
                            + ": "
                            + facts.entrySet().stream()
                                    .map(fact -> fact.getKey() + " " + fact.getValue())
                                    .collect(Collectors.joining(", ")));
            out.println();
        }
    }

    private void figures() {
        out.println("| line | who | median | least to most | ours is better by |");
        out.println("|---|---|---:|---:|---:|");
        byLabel().forEach((label, figures) -> figures.forEach(figure -> row(label, figure)));
        out.println();
    }

    private Map<String, List<Figure>> byLabel() {
        return report.figures().stream()
                .collect(
                        Collectors.groupingBy(
                                Figure::label, LinkedHashMap::new, Collectors.toList()));
    }

    private void row(String label, Figure figure) {
        out.printf(
                "| %s | %s | %s %s | %s to %s | %s |%n",
                label,
                figure.contestant(),
                number(figure.median()),
                figure.unit().word(),
                number(figure.least()),
                number(figure.most()),
                ratio(figure));
    }

    /// Nothing is compared with a number that is not sound.
    private String ratio(Figure figure) {
        if (!figure.isSound()) {
            return "NOT SOUND";
        }
        Optional<Figure> ours =
                report.figures().stream()
                        .filter(other -> other.label().equals(figure.label()))
                        .filter(other -> other.contestant().equals(Contestants.OURS))
                        .filter(Figure::isSound)
                        .findFirst();
        return figure.contestant().equals(Contestants.OURS)
                ? ""
                : ours.map(our -> String.format(Locale.ROOT, "%.2f ×", our.ratioTo(figure)))
                        .orElse("");
    }

    private void remarks(Figure figure) {
        figure.notes()
                .forEach(note ->
                        out.printf("%s, %s: %s%n", figure.label(), figure.contestant(), note));
        figure.faults()
                .forEach(fault ->
                        out.printf(
                                "NOT SOUND: %s, %s: %s%n",
                                figure.label(), figure.contestant(), fault));
    }

    private static String number(double value) {
        String format = value >= 1000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
