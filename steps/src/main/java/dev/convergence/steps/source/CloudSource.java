package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import java.io.IOException;
import java.util.Locale;

/// A provider's own storage or API. The vendors of language models are asked; the others cannot be
/// reached yet, and each refuses with what to do instead.
final class CloudSource implements Source {

    private final Source ai;

    CloudSource(Source ai) {
        this.ai = ai;
    }

    @Override
    public Fetched fetch(StepContext context, Format format) throws IOException {
        if (AiCloudSource.vendor(format).isPresent()) {
            return ai.fetch(context, format);
        }
        throw new EngineException(
                ErrorCode.INTEGRATION_NOT_CONFIGURED,
                "The cloud source for "
                        + context.provider().toUpperCase(Locale.ROOT)
                        + " is not available yet; put files into the landing zone and run with"
                        + " source 'landing'.");
    }
}
