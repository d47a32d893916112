package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/// Comma-separated values as RFC 4180 has them, lines ending as this machine's do.
final class Csv {

    private Csv() {}

    static void print(PrintWriter out, List<String> headings, List<List<String>> rows) {
        out.println(line(headings));
        rows.forEach(row -> out.println(line(row)));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        boolean isSafe =
                cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isSafe ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
