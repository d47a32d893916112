package dev.convergence.benchmark.lists;

import dev.convergence.benchmark.engine.line.Figure;
import dev.convergence.benchmark.engine.report.Report;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.Map;

/// The report as Markdown, the slowest first.
final class ListsTable {

    private ListsTable() {}

    static void print(Report report, PrintStream out) {
        facts("machine", report.machine(), out);
        facts("PostgreSQL", report.postgres(), out);
        report.contestants().forEach((name, facts) -> facts(name, facts, out));
        out.println("| page | p50, ms | p95, ms | max, ms |");
        out.println("|---|---:|---:|---:|");
        report.figures().stream()
                .sorted(Comparator.comparingDouble(ListsTable::slowness))
                .forEach(figure -> row(figure, out));
        out.println();
        report.figures().stream()
                .filter(figure -> !figure.isSound())
                .forEach(figure ->
                        out.println(
                                "NOT SOUND: "
                                        + figure.label()
                                        + ": "
                                        + String.join(", ", figure.faults())));
    }

    private static void facts(String title, Map<String, String> facts, PrintStream out) {
        out.println(
                title
                        + ": "
                        + String.join(
                                ", ",
                                facts.entrySet().stream()
                                        .map(fact -> fact.getKey() + " " + fact.getValue())
                                        .toList()));
        out.println();
    }

    private static double slowness(Figure figure) {
        return -Percentiles.of(figure).p95();
    }

    private static void row(Figure figure, PrintStream out) {
        Percentiles took = Percentiles.of(figure);
        out.printf(
                "| %s | %.1f | %.1f | %.1f |%n",
                figure.label(), took.p50(), took.p95(), took.max());
    }
}
