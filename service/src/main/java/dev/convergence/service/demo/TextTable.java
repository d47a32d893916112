package dev.convergence.service.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lines of text whose columns stand below each other.
///
/// @param numbers the columns that are aligned to the right
record TextTable(List<String> header, Set<Integer> numbers, List<List<String>> rows) {

    TextTable {
        header = List.copyOf(header);
        numbers = Set.copyOf(numbers);
        rows = List.copyOf(rows);
    }

    List<String> lines() {
        List<List<String>> all = new ArrayList<>();
        all.add(header);
        all.addAll(rows);
        int[] widths =
                IntStream.range(0, header.size())
                        .map(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                        .toArray();
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        Stream<String> cells =
                IntStream.range(0, row.size()).mapToObj(i -> cell(row.get(i), i, widths[i]));
        return cells.collect(Collectors.joining("  ")).stripTrailing();
    }

    private String cell(String text, int column, int width) {
        String padding = " ".repeat(width - text.length());
        return numbers.contains(column) ? padding + text : text + padding;
    }
}
