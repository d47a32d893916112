package dev.convergence.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Shows an answer: as a table for people, or as the server's own JSON for programs.
final class Output {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            description = "table or json (default: table)")
    private Format format = Format.TABLE;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /// A list of things: one line each, with these fields.
    void list(JsonNode answer, String plural, String... fields) {
        if (format == Format.JSON) {
            out().println(JSON.writeValueAsString(answer));
            return;
        }
        List<List<String>> rows =
                answer.path(plural).valueStream().map(item -> row(item, fields)).toList();
        new Table(List.of(fields), rows).print(out());
        if (answer.path("next_cursor").isString()) {
            out().println("more with: --cursor " + answer.path("next_cursor").asString());
        }
    }

    /// One thing: a line for every field that has a simple value.
    void one(JsonNode answer) {
        if (format == Format.JSON) {
            out().println(JSON.writeValueAsString(answer));
            return;
        }
        List<List<String>> rows =
                answer.propertyStream()
                        .filter(field -> !field.getValue().isNull())
                        .map(field -> List.of(field.getKey(), text(field.getValue())))
                        .toList();
        new Table(List.of("field", "value"), rows).print(out());
    }

    /// The result of a query, whose columns the answer names.
    void query(JsonNode answer) {
        if (format == Format.JSON) {
            out().println(JSON.writeValueAsString(answer));
            return;
        }
        List<String> columns =
                answer.path("columns")
                        .valueStream()
                        .map(column -> column.path("name").asString(""))
                        .toList();
        List<List<String>> rows =
                answer.path("rows")
                        .valueStream()
                        .map(row -> row.valueStream().map(Output::text).toList())
                        .toList();
        new Table(columns, rows).print(out());
    }

    private PrintWriter out() {
        if (command == null) {
            throw new IllegalStateException("A command without its description");
        }
        return command.commandLine().getOut();
    }

    private static List<String> row(JsonNode item, String... fields) {
        return List.of(fields).stream().map(field -> text(item.path(field))).toList();
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isBigDecimal()) {
            return value.decimalValue().toPlainString();
        }
        return value.isValueNode() ? value.asString() : value.toString();
    }
}
