package dev.convergence.steps.source;

import tools.jackson.databind.JsonNode;

/// Pages of a usage or cost report, as OpenAI and Anthropic answer them: buckets of time, and in
/// each its results. One result is one row, which has the names of its bucket, too.
final class Pages {

    private static final String BUCKETS = "data";
    private static final String RESULTS = "results";

    private Pages() {}

    static boolean isPage(JsonNode object) {
        JsonNode buckets = object.get(BUCKETS);
        if (buckets == null || !buckets.isArray()) {
            return false;
        }
        for (JsonNode bucket : buckets) {
            JsonNode results = bucket.get(RESULTS);
            if (results == null || !results.isArray()) {
                return false;
            }
        }
        return true;
    }

    /// Whether nothing is in its buckets.
    static boolean isBlank(JsonNode page) {
        return page.path(BUCKETS).valueStream().allMatch(bucket -> bucket.path(RESULTS).isEmpty());
    }

    /// @param first the number of the page's first row
    /// @return the number of the row behind its last
    static long rows(long first, JsonNode page, FirstRows sink, SeenOnce seen) {
        long number = first;
        for (JsonNode bucket : page.get(BUCKETS)) {
            if (!bucket.get(RESULTS).isEmpty() && !seen.isNew(bucket.toString())) {
                throw new BadValue(
                        "holds a bucket of the report that was read before; was a page saved twice?");
            }
            for (JsonNode result : bucket.get(RESULTS)) {
                sink.row(row(number++, bucket, result));
            }
        }
        return number;
    }

    private static SourceRow row(long number, JsonNode bucket, JsonNode result) {
        SourceRow row = new SourceRow(number);
        JsonRows.flatten("", result, row);
        bucket.properties().stream()
                .filter(field -> !field.getKey().equals(RESULTS))
                .forEach(field ->
                        row.put(SourceRow.plain(field.getKey()), JsonText.text(field.getValue())));
        return row;
    }
}
