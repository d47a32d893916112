package dev.convergence.steps.source;

import java.io.Reader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/// Reads CSV: one sign between values, double quotes, a first line of names.
final class CsvRows {

    private static final CsvMapper MAPPER =
            CsvMapper.builder()
                    .enable(CsvReadFeature.WRAP_AS_ARRAY)
                    .enable(CsvReadFeature.SKIP_EMPTY_LINES)
                    .build();

    private final char separator;

    CsvRows(char separator) {
        this.separator = separator;
    }

    /// @param file where the text comes from, for a sink that takes it as a whole
    void read(Path file, Reader text, RowSink sink) {
        RecordLimit limited = new RecordLimit(text);
        try (MappingIterator<String[]> rows =
                MAPPER.readerFor(String[].class)
                        .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                        .readValues(limited)) {
            if (!rows.hasNextValue()) {
                return;
            }
            List<String> written = List.of(rows.nextValue());
            refuseTwice(written);
            List<String> names = written.stream().map(Header::compared).toList();
            Header header = Header.of(written);
            sink.header(header);
            sink.columns(SourceColumns.untyped(written, SourceColumns.TEXT));
            if (sink.whole(CsvFile.of(file, written, separator))) {
                return;
            }
            while (rows.hasNextValue()) {
                long line = rows.currentLocation().getLineNr();
                row(line, names, header, rows.nextValue(), sink);
                limited.restart();
            }
        }
    }

    /// Nobody can say which of the two is meant.
    private static void refuseTwice(List<String> written) {
        Set<String> seen = new HashSet<>();
        written.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadValue("names the column " + name + " twice");
                });
    }

    private static void row(
            long line, List<String> names, Header header, String[] values, RowSink sink) {
        if (values.length != names.size()) {
            sink.bad(
                    line,
                    "it has " + values.length + " values, the first line names " + names.size());
            return;
        }
        SourceRow row = new SourceRow(line).under(header);
        for (int i = 0; i < values.length; i++) {
            row.put(names.get(i), values[i]);
        }
        sink.row(row);
    }
}
