package dev.convergence.engine.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How PostgreSQL ran a statement: what `EXPLAIN (ANALYZE, FORMAT JSON)` says of it.
///
/// @param mode how it was planned: for the values given, or for any
/// @param top the first node of the plan's tree
record Plan(String statement, String mode, JsonNode top) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Plan of(String statement, String mode, String explained) {
        return new Plan(statement, mode, JSON.readTree(explained).get(0).get("Plan"));
    }

    /// Rows that were looked at in a table, or in its partitions, kept or not.
    long rowsRead(String table) {
        return Math.round(scansOf(table).mapToDouble(Plan::rows).sum());
    }

    /// Pairs of rows that a join put side by side in vain.
    long rowsCompared() {
        return Math.round(
                all().mapToDouble(node ->
                                node.path("Actual Loops").asDouble(0)
                                        * node.path("Rows Removed by Join Filter").asDouble(0))
                        .sum());
    }

    private static double rows(JsonNode scan) {
        return scan.path("Actual Loops").asDouble(0)
                * (scan.path("Actual Rows").asDouble(0)
                        + scan.path("Rows Removed by Filter").asDouble(0)
                        + scan.path("Rows Removed by Index Recheck").asDouble(0));
    }

    private Stream<JsonNode> scansOf(String table) {
        return all().filter(node -> text(node, "Node Type").endsWith("Scan"))
                .filter(node -> isOf(node, table));
    }

    private static boolean isOf(JsonNode node, String table) {
        return Pattern.matches(table + "(_[0-9]+|_default)?", text(node, "Relation Name"));
    }

    long rowsDeleted(String table) {
        return Math.round(
                all().filter(node -> text(node, "Operation").equals("Delete") && isOf(node, table))
                        .mapToDouble(node -> node.path("Actual Rows").asDouble(0))
                        .sum());
    }

    /// Whether a table is read from end to end, and has more than some rows; a day's empty
    /// partition has not.
    boolean readsWhole(String table, int rowsMin) {
        return scansOf(table)
                .filter(scan -> text(scan, "Node Type").equals("Seq Scan"))
                .anyMatch(scan -> rows(scan) > rowsMin);
    }

    boolean uses(String index) {
        return all().anyMatch(node -> text(node, "Index Name").equals(index));
    }

    /// Pages that were looked at, in memory or not.
    long pages() {
        return top.path("Shared Hit Blocks").asLong(0) + top.path("Shared Read Blocks").asLong(0);
    }

    private Stream<JsonNode> all() {
        return fromHere(top);
    }

    private static Stream<JsonNode> fromHere(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        node.path("Plans").forEach(children::add);
        return Stream.concat(Stream.of(node), children.stream().flatMap(Plan::fromHere));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    @Override
    public String toString() {
        return statement + "\nplanned by " + mode + ":\n" + top.toPrettyString();
    }
}
