package dev.convergence.steps.source;

import org.jspecify.annotations.Nullable;

/// Pages of vendors' reports, in their own words.
final class VendorPages {

    private VendorPages() {}

    static String openAiPage(boolean more, @Nullable String next, String... results) {
        return """
        {"object":"page","data":[{"object":"bucket","start_time":1794268800,"end_time":1794355200,"results":[%s]}],"has_more":%s,"next_page":%s}
        """
                .formatted(
                        String.join(",", results), more, next == null ? "null" : '"' + next + '"');
    }

    static String cost(String value, String item, String project) {
        return """
        {"object":"organization.costs.result","amount":{"value":%s,"currency":"usd"},"line_item":%s,"project_id":%s,"api_key_id":null,"quantity":null,"quantity_unit":null}
        """
                .formatted(value, item, project.equals("null") ? "null" : '"' + project + '"');
    }

    static String usagePage() {
        return """
        {"object":"page","data":[{"object":"bucket","start_time":1794268800,"end_time":1794355200,"results":[\
        {"object":"organization.usage.completions.result","input_tokens":1000,"input_cached_tokens":300,"input_uncached_tokens":700,\
        "output_tokens":50,"num_model_requests":3,"project_id":"proj_1","model":"gpt-x"}]}],"has_more":false,"next_page":null}
        """;
    }

    static String claudePage(String... results) {
        return """
        {"data":[{"starting_at":"2026-11-10T00:00:00Z","ending_at":"2026-11-11T00:00:00Z","results":[%s]}],"has_more":false,"next_page":null}
        """
                .formatted(String.join(",", results));
    }

    static String claudeCost(String cents, String type) {
        return """
        {"currency":"USD","amount":"%s","workspace_id":"w1","description":"Claude X Usage","cost_type":"tokens","context_window":"0-200k",\
        "model":"claude-x","service_tier":"standard","token_type":"%s","inference_geo":"global"}
        """
                .formatted(cents, type);
    }
}
