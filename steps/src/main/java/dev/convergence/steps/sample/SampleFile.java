package dev.convergence.steps.sample;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// A generated file, written line by line.
final class SampleFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
    private static final String NO_NUMBER = "not-a-number";

    private SampleFile() {}

    static Path write(
            Shape shape, Iterator<SampleLine> lines, int broken, Path directory, String name)
            throws IOException {
        return switch (shape) {
            case Shape.Csv csv -> writeCsv(csv, lines, broken, directory, name);
            case Shape.JsonLines json ->
                    writeJson(json, lines, broken, directory.resolve(name + ".jsonl"));
        };
    }

    private static Path writeCsv(
            Shape.Csv shape, Iterator<SampleLine> lines, int broken, Path directory, String name)
            throws IOException {
        Path file = directory.resolve(name + (shape.compressed() ? ".csv.gz" : ".csv"));
        try (Writer out = open(file, shape.compressed())) {
            out.write(String.join(",", shape.columns()) + "\n");
            int left = broken;
            while (lines.hasNext()) {
                Row row = shape.row(lines.next());
                out.write(
                        csvLine(
                                left-- > 0 ? row.with(shape.costColumn(), NO_NUMBER) : row,
                                shape.columns()));
            }
        }
        return file;
    }

    private static String csvLine(Row row, List<String> columns) {
        if (!columns.containsAll(row.names())) {
            throw new IllegalStateException("A row has a column that its header does not name");
        }
        return columns.stream().map(row::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static Path writeJson(
            Shape.JsonLines shape, Iterator<SampleLine> lines, int broken, Path file)
            throws IOException {
        try (Writer out = open(file, false)) {
            int left = broken;
            while (lines.hasNext()) {
                String text = JSON.writeValueAsString(shape.row(lines.next()).values());
                out.write(left-- > 0 ? text.substring(0, text.length() / 2) : text);
                out.write("\n");
            }
        }
        return file;
    }

    private static Writer open(Path file, boolean compressed) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        OutputStream target = compressed ? new GZIPOutputStream(out) : out;
        return new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    }
}
