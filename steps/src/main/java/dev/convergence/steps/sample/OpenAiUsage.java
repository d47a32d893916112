package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.util.List;

/// Daily usage and cost of an OpenAI organisation: one line for each project and model.
final class OpenAiUsage implements Shape.JsonLines {

    private static final long TOKENS_MAX = 5_000_000;
    private static final long REQUESTS_MAX = 2_000;
    private static final List<String> PROJECTS = List.of("assistant", "search", "batch");
    private static final List<AiModel> MODELS =
            List.of(
                    AiModel.of("gpt-4o", "2.50", "1.25", "10.00"),
                    AiModel.of("gpt-4o-mini", "0.15", "0.08", "0.60"),
                    AiModel.of("gpt-4.1", "2.00", "0.50", "8.00"),
                    AiModel.of("o3", "2.00", "0.50", "8.00"));

    @Override
    public int linesPerDayMax() {
        return PROJECTS.size() * MODELS.size();
    }

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        AiModel model = MODELS.get(line.index() % MODELS.size());
        String project = PROJECTS.get(line.index() / MODELS.size());
        long fresh = dice.between(0, TOKENS_MAX);
        long cached = dice.between(0, fresh);
        long output = dice.between(0, TOKENS_MAX / 10);
        String amount = line.restate(model.dollars(fresh, cached, output)).toPlainString();
        return new Row()
                .with("date", line.day().toString())
                .with("start_time", SampleLine.midnight(line.day()).getEpochSecond())
                .with("end_time", SampleLine.midnight(line.day().plusDays(1)).getEpochSecond())
                .with("organization_id", "org-" + line.id(24, "openai-organization"))
                .with("project_id", "proj_" + line.id(24, project))
                .with("model", model.name())
                .with("service_tier", "default")
                .with("input_tokens", fresh + cached)
                .with("input_cached_tokens", cached)
                .with("input_uncached_tokens", fresh)
                .with("output_tokens", output)
                .with("num_model_requests", dice.between(1, REQUESTS_MAX))
                .with("amount", facts("value", amount, "currency", "usd"));
    }
}
