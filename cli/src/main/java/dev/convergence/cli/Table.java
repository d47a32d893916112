package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Lines of cells under their headings, each column as wide as its widest cell.
record Table(List<String> headings, List<List<String>> rows) {

    private static final int NARROWEST = 8;
    private static final int GAP = 2;

    /// One value as a person reads it: nothing for null, plain digits, JSON for what has parts.
    static String cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isBigDecimal()) {
            return value.decimalValue().toPlainString();
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }

    /// @param columns how wide the window is; 0 cuts nothing
    void print(PrintWriter out, Style style, int columns) {
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        if (columns > 0) {
            narrow(widths, columns);
        }
        out.println(style.heading(line(headings, widths, new Style(false))));
        for (List<String> row : rows) {
            out.println(line(row, widths, style));
        }
    }

    private int width(int column) {
        int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.max(headings.get(column).length(), widest);
    }

    /// Takes from the widest column until the line fits, or nothing more can be taken.
    private static void narrow(int[] widths, int columns) {
        int excess = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - columns;
        while (excess > 0) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            excess--;
        }
    }

    private static String line(List<String> cells, int[] widths, Style style) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cut(Style.plain(cells.get(i)), widths[i]);
            boolean isLast = i == cells.size() - 1;
            line.append(style.state(isLast ? cell : padded(cell, widths[i] + GAP)));
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
