package dev.convergence.steps.source;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A page of a list call, as the clouds' own command lines and APIs write it: the rows in one
/// field, and a token where another page follows.
///
/// @param name the field that holds the rows
record PagedList(JsonNode page, String name) {

    private static final List<String> ANY = List.of("Findings", "listFindingsResults", "assets");

    /// Words that a row may have, too; there the rows tell by their ids.
    private static final List<String> OF_IDS = List.of("value", "data");

    private static final List<String> TOKENS =
            List.of("NextToken", "nextPageToken", "skip_token", "$skipToken", "nextLink");

    /// Whether a field of this name is the list, whatever is in it.
    static boolean isNamed(String field) {
        return ANY.contains(field);
    }

    static Optional<PagedList> of(JsonNode object) {
        Predicate<JsonNode> named = row -> row.isObject() && row.has("id");
        return ANY.stream()
                .filter(name -> isRows(object.path(name), JsonNode::isObject))
                .findFirst()
                .or(() ->
                        OF_IDS.stream()
                                .filter(name -> isRows(object.path(name), named))
                                .findFirst())
                .map(name -> new PagedList(object, name));
    }

    private static boolean isRows(JsonNode list, Predicate<JsonNode> row) {
        return list.isArray() && list.valueStream().allMatch(row);
    }

    /// @return the number of the row behind its last
    long rows(long first, FirstRows sink) {
        long number = first;
        for (JsonNode row : page.path(name)) {
            sink.row(JsonRows.row(number++, row));
        }
        sink.page(hasMore(page));
        return number;
    }

    /// Whether it says that another page follows.
    static boolean hasMore(JsonNode page) {
        return TOKENS.stream()
                .map(token -> JsonText.text(page.get(token)))
                .anyMatch(text -> text != null && !text.isBlank());
    }
}
