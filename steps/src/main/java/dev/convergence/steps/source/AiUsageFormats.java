package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.whole;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Usage and cost reports of language-model APIs, one table for all vendors: `ai_usage_daily`. A
/// row is a line of a cost report, a line of a usage report, or both in one.
///
/// Buckets of usage are of days or hours. A load replaces the days that it finds in either report,
/// so what was loaded by hours and what was loaded by days never count together.
public final class AiUsageFormats {

    public static final String OPENAI = "openai_usage";
    public static final String CLAUDE = "claude_usage";

    /// What a line must have: an amount, or a count.
    private static final String[] COUNTS = {
        "input_tokens", "uncached_input_tokens", "output_tokens", "num_model_requests"
    };

    /// What stands behind the organisation in the account of a report.
    static final String COSTS = "";

    static final String USAGE = " (usage)";

    /// Usage alone is a report of its own: a file of it leaves the day's costs where they are.
    private static final String ACCOUNT =
            "organization_id || CASE WHEN kind = 'usage' THEN '" + USAGE + "' ELSE '' END";

    private static final LoadKey KEY = LoadKey.ofDays(ACCOUNT, "usage_date", "cost");

    private static final List<Layout> OF_OPENAI =
            List.of(
                    Layout.with("OpenAI usage", "input_tokens", "num_model_requests"),
                    Layout.otherwise("OpenAI costs"));

    private static final List<Layout> OF_CLAUDE =
            List.of(
                    Layout.with("Anthropic usage report", "uncached_input_tokens"),
                    Layout.otherwise("Anthropic cost report"));

    private AiUsageFormats() {}

    public static Format openAi() {
        return format(
                OPENAI,
                OF_OPENAI,
                "amount.value",
                OpenAiLine::cost,
                "amount.currency",
                OpenAiLine::tokens);
    }

    public static Format claude() {
        return format(
                CLAUDE, OF_CLAUDE, "amount", ClaudeLine::cost, "currency", ClaudeLine::tokens);
    }

    private static Format format(
            String name,
            List<Layout> layouts,
            String amount,
            Function<SourceRow, @Nullable String> cost,
            String currency,
            Function<SourceRow, @Nullable String> tokens) {
        Column paid = computed("cost", ColumnType.MONEY, cost);
        Column kind =
                computed("kind", ColumnType.TEXT, row -> AiLine.kind(row, amount, COUNTS))
                        .from(AiLine.names(amount, COUNTS))
                        .needed();
        Column code =
                computed("currency", ColumnType.TEXT, row -> AiLine.upper(row.text(currency)));
        Column meter = computed("d_tokens", ColumnType.TEXT, tokens).unpublished();
        return new Format(name, layouts, columns(paid, code, kind, meter), KEY, List.of("cost"));
    }

    private static List<Column> columns(Column cost, Column currency, Column kind, Column tokens) {
        return List.of(
                computed("usage_date", ColumnType.DAY, AiLine::day)
                        .from("date", "starting_at", "start_time")
                        .needed(),
                computed("organization_id", ColumnType.TEXT, row -> row.text("organization_id"))
                        .needed(),
                text("project_id", "project_id", "workspace_id"),
                computed("model", ColumnType.TEXT, AiLine::model).from("model"),
                text("service_tier"),
                whole(
                        "input_tokens",
                        "input_uncached_tokens",
                        "uncached_input_tokens",
                        "input_tokens"),
                whole("cached_input_tokens", "input_cached_tokens", "cache_read_input_tokens"),
                computed("cache_write_tokens", ColumnType.WHOLE, AiLine::cacheWrites),
                whole("output_tokens"),
                whole("requests", "num_model_requests"),
                cost,
                currency,
                kind,
                text("line_item", "line_item", "description"),
                text("cost_type"),
                text("token_type"),
                text("context_window"),
                text("inference_geo"),
                text("api_key_id"),
                text("user_id", "user_id", "account_id"),
                Column.money("quantity"),
                text("quantity_unit"),
                whole("web_searches", "server_tool_use.web_search_requests"),
                computed(
                        "bucket_start",
                        ColumnType.TIME,
                        row -> AiLine.time(row, "starting_at", "start_time")),
                computed(
                        "bucket_end",
                        ColumnType.TIME,
                        row -> AiLine.time(row, "ending_at", "end_time")),
                tokens,
                whole("d_cache_write_1h", "cache_creation.ephemeral_1h_input_tokens").unpublished(),
                whole("d_cache_write_5m", "cache_creation.ephemeral_5m_input_tokens")
                        .unpublished());
    }
}
