package dev.convergence.steps.source;

import static dev.convergence.steps.source.Column.computed;
import static dev.convergence.steps.source.Column.money;
import static dev.convergence.steps.source.Column.text;
import static dev.convergence.steps.source.Column.whole;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Daily tokens and cost of language-model APIs, one table for all vendors: `ai_usage_daily`.
public final class AiUsageFormats {

    public static final String OPENAI = "openai_usage";
    public static final String CLAUDE = "claude_usage";

    private static final int CENTS = 2;

    private static final LoadKey KEY =
            new LoadKey("organization_id", "usage_date", "strftime(usage_date, '%Y%m')", "cost");

    private static final List<Layout> OF_OPENAI = List.of(Layout.otherwise("OpenAI usage"));

    private static final List<Layout> OF_CLAUDE = List.of(Layout.otherwise("Anthropic usage"));

    private AiUsageFormats() {}

    public static Format openAi() {
        Column cost = money("cost", "amount.value").needed();
        Column currency =
                computed("currency", ColumnType.TEXT, row -> upper(row.text("amount.currency")));
        return new Format(OPENAI, OF_OPENAI, columns(cost, currency), KEY, List.of("cost"));
    }

    /// Anthropic's amounts are cents.
    public static Format claude() {
        Function<SourceRow, @Nullable String> dollars = row -> inDollars(row.text("amount"));
        Column cost = computed("cost", ColumnType.MONEY, dollars).from("amount").needed();
        Column currency = computed("currency", ColumnType.TEXT, row -> upper(row.text("currency")));
        return new Format(CLAUDE, OF_CLAUDE, columns(cost, currency), KEY, List.of("cost"));
    }

    private static List<Column> columns(Column cost, Column currency) {
        return List.of(
                Column.of("usage_date", ColumnType.DAY, "date", "starting_at").needed(),
                text("organization_id").needed(),
                text("project_id", "project_id", "workspace_id"),
                text("model"),
                text("service_tier"),
                whole(
                        "input_tokens",
                        "input_uncached_tokens",
                        "uncached_input_tokens",
                        "input_tokens"),
                whole("cached_input_tokens", "input_cached_tokens", "cache_read_input_tokens"),
                computed("cache_write_tokens", ColumnType.WHOLE, AiUsageFormats::cacheWrites),
                whole("output_tokens"),
                whole("requests", "num_model_requests"),
                cost,
                currency);
    }

    private static @Nullable String cacheWrites(SourceRow row) {
        String hour = row.text("cache_creation.ephemeral_1h_input_tokens");
        String minutes = row.text("cache_creation.ephemeral_5m_input_tokens");
        if (hour == null && minutes == null) {
            return row.text("input_cache_write_tokens");
        }
        BigDecimal sum = Money.exact(hour == null ? "0" : hour);
        return sum.add(Money.exact(minutes == null ? "0" : minutes)).toPlainString();
    }

    private static @Nullable String inDollars(@Nullable String cents) {
        return cents == null ? null : Money.exact(cents).movePointLeft(CENTS).toPlainString();
    }

    private static @Nullable String upper(@Nullable String currency) {
        return currency == null ? null : currency.toUpperCase(Locale.ROOT);
    }
}
