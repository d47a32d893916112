package dev.convergence.steps.query;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads DuckDB's own syntax tree of a statement and lets only what is listed here through.
///
/// A list of what is allowed, not of what is forbidden: what a new release of DuckDB adds is
/// refused until somebody has looked at it.
final class SelectOnly {

    private static final Set<String> QUERY_NODES =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");
    private static final Set<String> TABLES =
            Set.of("BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY");
    private static final Set<String> PARTS =
            Set.of("ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "PIVOT");
    private static final Set<String> DISTINCT = Set.of("DISTINCT_MODIFIER");
    private static final Set<String> ORDERS =
            Set.of("ASCENDING", "DESCENDING", "ORDER_DEFAULT", "ORDERS");
    private static final Set<String> EXPRESSIONS =
            Set.of(
                    "COLUMN_REF",
                    "FUNCTION",
                    "CONSTANT",
                    "STAR",
                    "CAST",
                    "CASE",
                    "COMPARISON",
                    "CONJUNCTION",
                    "OPERATOR",
                    "SUBQUERY",
                    "BETWEEN",
                    "LAMBDA",
                    "LAMBDA_REF",
                    "WINDOW",
                    "COLLATE",
                    "POSITIONAL_REFERENCE",
                    "TYPE");
    private static final Set<String> TABLE_FUNCTIONS =
            Set.of("unnest", "range", "generate_series", "json_each", "json_tree");

    private final Names names;
    private final Set<String> functions;
    private final Set<String> withNames = new HashSet<>();

    SelectOnly(Names names, Set<String> functions) {
        this.names = names;
        this.functions = functions;
    }

    /// @param document what `json_serialize_sql` answered
    /// @throws EngineException INVALID_QUERY, naming what is not allowed
    void check(JsonNode document) {
        if (document.path("error").asBoolean(true)) {
            throw refused(problem(document));
        }
        if (document.path("statements").size() != 1) {
            throw refused("Send exactly one SELECT statement.");
        }
        document.findValues("cte_map").forEach(this::declare);
        walk(document.path("statements"));
    }

    private static String problem(JsonNode document) {
        String message = document.path("error_message").asString("");
        return document.path("error_type").asString("").equals("not implemented")
                ? "Only one read-only SELECT is allowed here, without PIVOT."
                : "The statement cannot be read: " + message;
    }

    private void declare(JsonNode cteMap) {
        for (JsonNode entry : cteMap.path("map")) {
            String name = lower(entry.path("key").asString(""));
            if (names.system().contains(name)) {
                throw refused("WITH " + name + ": this name is taken, choose another one.");
            }
            withNames.add(name);
        }
    }

    private void walk(JsonNode node) {
        if (node.isObject()) {
            look(node);
        }
        node.forEach(this::walk);
    }

    private void look(JsonNode node) {
        if (node.has("class")) {
            expression(node);
        } else if (node.path("type").isString()) {
            part(node, node.path("type").asString());
        } else if (node.has("function_name")) {
            function(node, functions);
        }
    }

    private void expression(JsonNode node) {
        String kind = node.path("class").asString("");
        if (!EXPRESSIONS.contains(kind)) {
            throw refused(kind + " expressions are not allowed here.");
        }
        if (node.has("function_name")) {
            function(node, functions);
        }
    }

    private void part(JsonNode node, String type) {
        switch (type) {
            case "BASE_TABLE" -> table(node);
            case "TABLE_FUNCTION" -> function(node.path("function"), TABLE_FUNCTIONS);
            case "SHOW_REF" ->
                    throw refused(
                            "DESCRIBE, SHOW and SUMMARIZE are not allowed here; list the"
                                    + " tables with GET …/data/tables.");
            default -> {
                if (!known(type)) {
                    throw refused(type + " is not allowed here: send one read-only SELECT.");
                }
            }
        }
    }

    private static boolean known(String type) {
        return QUERY_NODES.contains(type)
                || TABLES.contains(type)
                || PARTS.contains(type)
                || DISTINCT.contains(type)
                || ORDERS.contains(type);
    }

    private void function(JsonNode node, Set<String> allowed) {
        String name = lower(node.path("function_name").asString(""));
        if (!allowed.contains(name) && !TABLE_FUNCTIONS.contains(name)) {
            throw refused("The function " + name + " is not allowed here.");
        }
    }

    private void table(JsonNode node) {
        List<String> path =
                node.path("qualified_name")
                        .path("path")
                        .valueStream()
                        .map(part -> lower(part.asString("")))
                        .toList();
        String name = path.isEmpty() ? "" : path.getLast();
        boolean declared = path.size() == 1 && withNames.contains(name);
        if (!declared && !(names.tables().contains(name) && ownSchema(path))) {
            throw refused(
                    "There is no table "
                            + String.join(".", path)
                            + " in your data set; files, settings and other data sets cannot be"
                            + " read here.");
        }
    }

    private boolean ownSchema(List<String> path) {
        return switch (path.size()) {
            case 1 -> true;
            case 2 -> path.getFirst().equals("main") || path.getFirst().equals(names.catalog());
            case 3 -> path.getFirst().equals(names.catalog()) && path.get(1).equals("main");
            default -> false;
        };
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static EngineException refused(String sentence) {
        return new EngineException(ErrorCode.INVALID_QUERY, sentence);
    }

    /// The names that mean something in a tenant's file, in lower case.
    ///
    /// @param catalog the name of the data set, which may stand before a table
    /// @param tables the tenant's own tables and views
    /// @param system views that DuckDB has by itself; a WITH must not hide behind them
    record Names(String catalog, Set<String> tables, Set<String> system) {}
}
