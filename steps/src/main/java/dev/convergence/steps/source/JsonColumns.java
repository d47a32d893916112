package dev.convergence.steps.source;

import dev.convergence.steps.duckdb.Identifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns under which DuckDB reads JSON: objects that hold something wanted as structs, what
/// is wanted as text, be it a value, an array or an object.
final class JsonColumns {

    private final Node top = new Node();

    private static final class Node {
        private final Map<String, Node> inner = new LinkedHashMap<>();
        private boolean isText;

        boolean isBoth() {
            return isText && !inner.isEmpty();
        }
    }

    /// @param path a pointer (RFC 6901)
    void add(String path) {
        Node node = top;
        for (String name : names(path)) {
            node = node.inner.computeIfAbsent(name, _ -> new Node());
        }
        node.isText = true;
    }

    /// Columns and their types, as `read_json` takes them.
    String types() {
        return top.inner.entrySet().stream()
                .map(one -> "%s: %s".formatted(Identifier.quoted(one.getKey()), typeOf(one)))
                .collect(Collectors.joining(", "));
    }

    private static String typeOf(Map.Entry<String, Node> column) {
        return Cells.literal(type(column.getValue()));
    }

    private static String type(Node node) {
        if (node.isText) {
            return node.isBoth() ? "JSON" : "VARCHAR";
        }
        return node.inner.entrySet().stream()
                .map(one -> Identifier.quoted(one.getKey()) + " " + type(one.getValue()))
                .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }

    /// The value at a path that was added. What is wanted as a whole and for what is in it stays
    /// JSON, from which both are taken.
    String value(String path) {
        Node node = top;
        StringBuilder value = new StringBuilder();
        List<String> names = names(path);
        for (int i = 0; i < names.size(); i++) {
            node = Objects.requireNonNull(node.inner.get(names.get(i)));
            value.append(i == 0 ? "" : ".").append(Identifier.quoted(names.get(i)));
            if (node.isBoth()) {
                return "json_extract_string(%s, %s)"
                        .formatted(value, Cells.literal(behind(path, i + 1)));
            }
        }
        return value.toString();
    }

    /// The pointer behind its first names, and the whole where it has no more.
    private static String behind(String path, int names) {
        int from = 0;
        for (int i = 0; i < names && from >= 0; i++) {
            from = path.indexOf('/', from + 1);
        }
        return from < 0 ? "$" : path.substring(from);
    }

    private static List<String> names(String path) {
        return Stream.of(path.substring(1).split("/", -1))
                .map(name -> name.replace("~1", "/").replace("~0", "~"))
                .toList();
    }
}
