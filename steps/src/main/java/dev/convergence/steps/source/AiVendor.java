package dev.convergence.steps.source;

import dev.convergence.engine.step.DateWindow;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// The vendors of language models that tell what was used and what it costs: which reports they
/// have, and how one asks for them.
enum AiVendor {
    OPENAI("OpenAI", List.of("OPENAI"), "openai-organization") {
        @Override
        List<Report> reports(CloudApis apis, DateWindow days, AiBuckets buckets, String key) {
            String window =
                    "?start_time=%d&end_time=%d"
                            .formatted(
                                    days.start().atStartOfDay(ZoneOffset.UTC).toEpochSecond(),
                                    days.end()
                                            .plusDays(1)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toEpochSecond());
            Map<String, String> headers = Map.of("Authorization", "Bearer " + key);
            String base = plain(apis.openAi()) + "/organization/";
            return List.of(
                    report(
                            "costs",
                            base
                                    + "costs"
                                    + window
                                    + "&bucket_width=1d&limit=180"
                                    + by("project_id", "line_item"),
                            headers,
                            false),
                    report(
                            "usage",
                            base
                                    + "usage/completions"
                                    + window
                                    + buckets.query()
                                    + by("project_id", "model"),
                            headers,
                            true));
        }
    },
    ANTHROPIC("Anthropic", List.of("CLAUDE", "ANTHROPIC"), "anthropic-organization-id") {
        @Override
        List<Report> reports(CloudApis apis, DateWindow days, AiBuckets buckets, String key) {
            String window =
                    "?starting_at=%sT00:00:00Z&ending_at=%sT00:00:00Z"
                            .formatted(days.start(), days.end().plusDays(1));
            Map<String, String> headers =
                    Map.of("x-api-key", key, "anthropic-version", "2023-06-01");
            String base = plain(apis.anthropic()).replaceFirst("/v1$", "") + "/v1/organizations/";
            return List.of(
                    report(
                            "costs",
                            base
                                    + "cost_report"
                                    + window
                                    + AiBuckets.DAY.query()
                                    + by("workspace_id", "description"),
                            headers,
                            false),
                    report(
                            "usage",
                            base
                                    + "usage_report/messages"
                                    + window
                                    + buckets.query()
                                    + by("workspace_id", "model", "service_tier"),
                            headers,
                            true));
        }
    };

    private final String title;
    private final List<String> credentials;
    private final String organizationHeader;

    AiVendor(String title, List<String> credentials, String organizationHeader) {
        this.title = title;
        this.credentials = credentials;
        this.organizationHeader = organizationHeader;
    }

    /// @param buckets of usage; costs there are by days only
    abstract List<Report> reports(CloudApis apis, DateWindow days, AiBuckets buckets, String key);

    String title() {
        return title;
    }

    /// The names under which a tenant may have stored its key.
    List<String> credentials() {
        return credentials;
    }

    /// The header of an answer that names the organisation that the key belongs to.
    String organizationHeader() {
        return organizationHeader;
    }

    private static Report report(
            String name, String url, Map<String, String> headers, boolean optional) {
        return new Report(name, URI.create(url), headers, optional);
    }

    private static String by(String... dimensions) {
        StringBuilder query = new StringBuilder();
        for (String dimension : dimensions) {
            query.append("&group_by%5B%5D=").append(dimension);
        }
        return query.toString();
    }

    private static String plain(URI base) {
        return base.toString().replaceFirst("/+$", "");
    }
}
