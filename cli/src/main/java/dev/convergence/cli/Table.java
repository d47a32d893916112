package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lines of cells under their headings, each column as wide as its widest cell.
record Table(List<String> headings, List<List<String>> rows) {

    void print(PrintWriter out) {
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        out.println(line(headings, widths));
        for (List<String> row : rows) {
            out.println(line(row, widths));
        }
    }

    private int width(int column) {
        int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(headings.get(column).length(), widest);
    }

    /// A server's text must not move the cursor or colour the terminal.
    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(
                        i -> cells.get(i).replaceAll("\\p{Cntrl}", " ") + padding(cells, widths, i))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    private static String padding(List<String> cells, int[] widths, int column) {
        return " ".repeat(widths[column] - cells.get(column).length());
    }
}
