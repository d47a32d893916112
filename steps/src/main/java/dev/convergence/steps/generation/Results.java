package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.ModelName;
import dev.convergence.steps.generation.model.Reply;
import dev.convergence.steps.generation.model.TokenUsage;
import java.util.LinkedHashMap;
import java.util.Map;

/// What every run shows of the model that it asked.
final class Results {

    private Results() {}

    static Map<String, Object> of(ModelName asked, Reply reply) {
        String model = reply instanceof Reply.Text text ? text.model() : asked.name();
        return of(asked, model, reply.usage());
    }

    static Map<String, Object> of(ModelName asked, String model, TokenUsage usage) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", model);
        result.put("provider", asked.backEnd().provider());
        result.put("token_usage", usage.facts());
        return result;
    }
}
