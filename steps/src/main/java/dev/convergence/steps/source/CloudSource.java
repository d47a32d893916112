package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import java.util.Locale;

/// A provider's own storage or API. None can be reached yet: each refuses with what to do instead.
final class CloudSource implements Source {

    @Override
    public Fetched fetch(StepContext context, Format format) {
        throw new EngineException(
                ErrorCode.INTEGRATION_NOT_CONFIGURED,
                "The cloud source for "
                        + context.provider().toUpperCase(Locale.ROOT)
                        + " is not available yet; put files into the landing zone and run with"
                        + " source 'landing'.");
    }
}
