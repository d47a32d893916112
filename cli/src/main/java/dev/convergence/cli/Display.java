package dev.convergence.cli;

import dev.convergence.cli.Shared.Format;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/// Shows answers on stdout: as a table for people, as JSON, YAML or CSV for programs.
record Display(Machine machine, Format format) {

    /// A list of things: one line each, with these fields.
    void list(Answer answer, JsonNode body, String plural, List<String> fields) {
        if (isWhole(answer, body)) {
            return;
        }
        List<List<String>> rows =
                body.path(plural).valueStream().map(item -> row(item, fields)).toList();
        rows(fields, rows);
    }

    /// One thing: a line for every field that has a value; in CSV one line with all of them.
    void one(Answer answer) {
        JsonNode body = answer.json();
        if (isWhole(answer, body)) {
            return;
        }
        List<String> names = List.copyOf(body.propertyNames());
        if (format == Format.CSV) {
            rows(names, List.of(row(body, names)));
            return;
        }
        List<List<String>> rows =
                body.propertyStream()
                        .filter(field -> !field.getValue().isNull())
                        .map(field -> List.of(field.getKey(), Table.cell(field.getValue())))
                        .toList();
        rows(List.of("field", "value"), rows);
    }

    /// The result of a query, whose columns the answer names.
    void query(Answer answer) {
        JsonNode body = answer.json();
        if (isWhole(answer, body)) {
            return;
        }
        List<String> columns =
                body.path("columns")
                        .valueStream()
                        .map(column -> column.path("name").asString(""))
                        .toList();
        List<List<String>> rows =
                body.path("rows")
                        .valueStream()
                        .map(row ->
                                IntStream.range(0, columns.size())
                                        .mapToObj(i -> Table.cell(row.path(i)))
                                        .toList())
                        .toList();
        rows(columns, rows);
    }

    /// What this program itself has found, in the same forms.
    void own(Object found, String plural, String... fields) {
        JsonNode body = Json.MAPPER.valueToTree(found);
        if (format == Format.JSON) {
            machine.out().println(Json.pretty(body));
        } else if (format == Format.YAML) {
            machine.out().print(Yaml.text(body));
            machine.out().flush();
        } else {
            List<String> names = List.of(fields);
            rows(names, body.path(plural).valueStream().map(item -> row(item, names)).toList());
        }
    }

    boolean isTable() {
        return format == Format.TABLE;
    }

    private boolean isWhole(Answer answer, JsonNode body) {
        switch (format) {
            case JSON ->
                    machine.out()
                            .println(machine.terminal().out() ? Json.pretty(body) : answer.text());
            case YAML -> machine.out().print(Yaml.text(body));
            case TABLE, CSV -> {
                return false;
            }
        }
        machine.out().flush();
        return true;
    }

    private void rows(List<String> headings, List<List<String>> rows) {
        Terminal terminal = machine.terminal();
        if (format == Format.CSV) {
            Csv.print(machine.out(), headings, terminal.out() ? plain(rows) : rows);
        } else {
            Style style = Style.of(machine.environment(), terminal.out());
            int columns = terminal.out() ? terminal.columns() : 0;
            new Table(headings, rows).print(machine.out(), style, columns);
        }
    }

    /// A program gets what there is; a terminal nothing that would move its cursor.
    private static List<List<String>> plain(List<List<String>> rows) {
        return rows.stream().map(row -> row.stream().map(Style::plain).toList()).toList();
    }

    private static List<String> row(JsonNode item, List<String> fields) {
        return fields.stream().map(field -> Table.cell(item.path(field))).toList();
    }
}
