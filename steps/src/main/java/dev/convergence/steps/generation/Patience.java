package dev.convergence.steps.generation;

import dev.convergence.steps.generation.model.BackEnd;
import dev.convergence.steps.generation.model.ModelName;
import java.time.Duration;
import java.util.Optional;

/// How long one answer of a model is waited for, its asked-for pauses included.
final class Patience {

    private static final int SECONDS_MAX = 3_600;
    private static final Duration USUAL = Duration.ofSeconds(300);
    private static final Duration OF_AGENT = Duration.ofSeconds(600);

    private Patience() {}

    /// `timeout` is what it was called before units stood in names.
    static Duration of(Params params, ModelName model) throws InvalidParam {
        Optional<Integer> asked = params.number("timeout_seconds", 1, SECONDS_MAX);
        return asked.isPresent()
                ? Duration.ofSeconds(asked.get())
                : params.number("timeout", 1, SECONDS_MAX)
                        .map(Duration::ofSeconds)
                        .orElse(model.backEnd() == BackEnd.DEEP_RESEARCH ? OF_AGENT : USUAL);
    }
}
