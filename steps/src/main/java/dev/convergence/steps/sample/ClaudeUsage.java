package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Daily usage and cost of an Anthropic organisation: one line for each workspace and model; the
/// amount is in cents, and the default workspace has no id, as that vendor's reports have it.
final class ClaudeUsage implements Shape.JsonLines {

    private static final int CENTS = 2;
    private static final long TOKENS_MAX = 5_000_000;
    private static final long REQUESTS_MAX = 2_000;
    private static final List<String> WORKSPACES = List.of("default", "assistant", "research");
    private static final List<AiModel> MODELS =
            List.of(
                    AiModel.of("claude-opus-4-1", "15.00", "1.50", "75.00"),
                    AiModel.of("claude-sonnet-4-5", "3.00", "0.30", "15.00"),
                    AiModel.of("claude-haiku-4-5", "1.00", "0.10", "5.00"));

    @Override
    public int linesPerDayMax() {
        return WORKSPACES.size() * MODELS.size();
    }

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        AiModel model = MODELS.get(line.index() % MODELS.size());
        String workspace = WORKSPACES.get(line.index() / MODELS.size());
        long fresh = dice.between(0, TOKENS_MAX);
        long cached = dice.between(0, TOKENS_MAX);
        long output = dice.between(0, TOKENS_MAX / 10);
        BigDecimal dollars = line.restate(model.dollars(fresh, cached, output));
        return new Row()
                .with("date", line.day().toString())
                .with("starting_at", SampleLine.midnight(line.day()).toString())
                .with("ending_at", SampleLine.midnight(line.day().plusDays(1)).toString())
                .with("organization_id", line.uuid("anthropic-organization"))
                .with("workspace_id", workspaceId(line, workspace))
                .with("model", model.name())
                .with("service_tier", "standard")
                .with("context_window", "0-200k")
                .with("uncached_input_tokens", fresh)
                .with("cache_read_input_tokens", cached)
                .with(
                        "cache_creation",
                        facts("ephemeral_1h_input_tokens", 0, "ephemeral_5m_input_tokens", 0))
                .with("output_tokens", output)
                .with("server_tool_use", facts("web_search_requests", 0))
                .with("num_model_requests", dice.between(1, REQUESTS_MAX))
                .with("amount", dollars.movePointRight(CENTS).toPlainString())
                .with("currency", "USD");
    }

    private static @Nullable String workspaceId(SampleLine line, String workspace) {
        return workspace.equals("default") ? null : "wrkspc_" + line.id(24, workspace);
    }
}
