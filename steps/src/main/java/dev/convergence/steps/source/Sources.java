package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.http.HttpSource;
import dev.convergence.steps.landing.LandingZone;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Chooses the source that a run asks for by its parameter `source`.
public final class Sources {

    /// A provider whose credential goes by another name than its templates.
    private static final Map<String, List<String>> CREDENTIAL_NAMES =
            Map.of("claude", List.of("CLAUDE", "ANTHROPIC"));

    private final Source landing;
    private final Source sample;
    private final Source url;
    private final Source cloud;

    public Sources(LandingZone zone, SampleSource samples, HttpSource http, CloudApis apis) {
        this.landing = new LandingSource(zone);
        this.sample = new GeneratedSource(samples);
        this.url = new UrlSource(http);
        this.cloud = new CloudSource(new AiCloudSource(apis));
    }

    Source of(StepContext context) {
        String asked = String.valueOf(context.parameters().getOrDefault("source", "auto"));
        return switch (asked.toLowerCase(Locale.ROOT)) {
            case "auto" -> hasCredential(context) ? cloud : landing;
            case "cloud" -> cloud;
            case "landing" -> landing;
            case "sample" -> sample;
            case "http" -> url;
            default ->
                    throw new EngineException(
                            ErrorCode.INVALID_PARAMETER,
                            "source: '"
                                    + asked
                                    + "' is none of auto, cloud, landing, sample, http.");
        };
    }

    private static boolean hasCredential(StepContext context) {
        return CREDENTIAL_NAMES
                .getOrDefault(
                        context.provider(), List.of(context.provider().toUpperCase(Locale.ROOT)))
                .stream()
                .anyMatch(name -> context.credential(name, true).isPresent());
    }
}
