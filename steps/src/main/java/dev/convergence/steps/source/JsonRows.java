package dev.convergence.steps.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON lines, an array of objects, or objects one after the other. Nested objects become
/// names with dots, arrays stay JSON.
final class JsonRows {

    private static final int FIRST_LINE_MAX = 1 << 20;

    /// Reads one element and leaves those behind it.
    private static final ObjectReader ELEMENTS =
            JsonText.MAPPER
                    .readerFor(JsonNode.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final SeenOnce seen;

    /// @param seen what the load has read so far
    JsonRows(SeenOnce seen) {
        this.seen = seen;
    }

    /// @param file where the text comes from, for a sink that takes it as a whole
    void read(Path file, BufferedReader text, RowSink sink) throws IOException {
        FirstRows rows = new FirstRows(sink);
        if (isLines(text)) {
            if (isTaken(file, sink)) {
                return;
            }
            readLines(text, rows);
        } else {
            readStream(text, rows);
        }
        rows.end();
    }

    private static boolean isTaken(Path file, RowSink sink) throws IOException {
        Optional<JsonPaths> paths = JsonPaths.of(file);
        if (paths.isEmpty()) {
            return false;
        }
        JsonLines lines = new JsonLines(file, paths.get());
        sink.header(lines.header());
        return sink.whole(lines);
    }

    /// True when the first line is an object by itself, or the second begins another: then a broken
    /// line spoils only itself.
    private static boolean isLines(BufferedReader text) throws IOException {
        text.mark(FIRST_LINE_MAX);
        char[] start = new char[FIRST_LINE_MAX - 1];
        int length = 0;
        for (int read = 0; read >= 0 && length < start.length; length += Math.max(read, 0)) {
            read = text.read(start, length, start.length - length);
        }
        text.reset();
        List<String> first =
                new String(start, 0, length).lines().filter(l -> !l.isBlank()).limit(2).toList();
        return !first.isEmpty()
                && (isObject(first.getFirst())
                        || first.stream().filter(line -> line.startsWith("{")).count() == 2);
    }

    private static boolean isObject(String line) {
        try {
            return JsonText.parse(line).isObject();
        } catch (BadValue notByItself) {
            return false;
        }
    }

    private void readLines(BufferedReader text, FirstRows sink) throws IOException {
        Lines lines = new Lines(text);
        for (long line = 1; lines.next(); line++) {
            if (lines.isTooLong()) {
                sink.bad(line, "it is " + RecordLimit.tooLong());
            } else {
                line(line, lines.text(), sink);
            }
        }
    }

    private void line(long line, String json, FirstRows sink) {
        if (json.isBlank()) {
            return;
        }
        JsonNode node;
        try {
            node = JsonText.parse(json);
        } catch (BadValue notJson) {
            sink.bad(line, "it is not JSON");
            return;
        }
        long _ = object(line, node, sink);
    }

    private void readStream(BufferedReader text, FirstRows sink) {
        RecordLimit limited = new RecordLimit(text);
        try (JsonParser parser = ELEMENTS.createParser(limited)) {
            long number = 1;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    number = outermost(number, parser, limited, sink);
                } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    sink.bad(number++, "it is not a JSON object");
                }
                limited.restart();
            }
        } catch (JacksonException broken) {
            throw new BadValue("is not whole JSON" + where(broken) + "; was it cut off?");
        }
    }

    /// A page of a list may be far longer than a row: its rows are taken out of it one by one.
    private long outermost(long first, JsonParser parser, RecordLimit limited, FirstRows sink) {
        long number = first;
        boolean isPage = false;
        ObjectNode rest = JsonText.MAPPER.createObjectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && PagedList.isNamed(name)) {
                isPage = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    JsonNode row = ELEMENTS.readValue(parser);
                    number = object(number, row, sink);
                    limited.restart();
                }
            } else {
                rest.set(name, ELEMENTS.<JsonNode>readValue(parser));
            }
        }
        if (!isPage) {
            return object(first, rest, sink);
        }
        sink.page(PagedList.hasMore(rest));
        return number;
    }

    private static String where(JacksonException broken) {
        TokenStreamLocation location = broken.getLocation();
        return location == null ? "" : " at line " + location.getLineNr();
    }

    /// The number of the row behind it.
    private long object(long line, JsonNode node, FirstRows sink) {
        if (!node.isObject()) {
            sink.bad(line, "it is not a JSON object");
            return line + 1;
        }
        if (Pages.isPage(node)) {
            return Pages.rows(line, node, sink, seen);
        }
        Optional<PagedList> list = PagedList.of(node);
        if (list.isPresent()) {
            return list.get().rows(line, sink);
        }
        sink.row(row(line, node));
        return line + 1;
    }

    static SourceRow row(long line, JsonNode node) {
        SourceRow row = new SourceRow(line).written(node::toString);
        flatten("", node, row);
        return row;
    }

    static void flatten(String prefix, JsonNode object, SourceRow row) {
        object.properties()
                .forEach(field -> {
                    String name = prefix + SourceRow.plain(field.getKey());
                    row.put(name, JsonText.text(field.getValue()));
                    if (field.getValue().isObject()) {
                        flatten(name, field.getValue(), row);
                    }
                });
    }
}
