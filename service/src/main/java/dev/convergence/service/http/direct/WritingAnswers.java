package dev.convergence.service.http.direct;

import dev.convergence.api.direct.CardAnswer;
import dev.convergence.api.direct.StoryAnswer;
import dev.convergence.api.job.JobRunAnswer;
import dev.convergence.engine.artifact.ArtifactDraft;
import dev.convergence.engine.artifact.Artifacts;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.sql.Json;
import dev.convergence.engine.webhook.Endpoints;
import dev.convergence.engine.webhook.EventName;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Says what came of a story or of research in the words of their own routes, beside those of a
/// run.
public final class WritingAnswers {

    private static final int ENDPOINTS_MAX = 200;
    private static final String STORY = "story.md";
    private static final String METADATA = "story_metadata.json";
    private static final String CARD = "card.json";

    private final Artifacts artifacts;
    private final Endpoints endpoints;

    public WritingAnswers(Artifacts artifacts, Endpoints endpoints) {
        this.artifacts = artifacts;
        this.endpoints = endpoints;
    }

    StoryAnswer story(TenantId tenant, JobRunAnswer run) {
        boolean success = isCompleted(run);
        Optional<String> metadata = file(tenant, run, METADATA);
        return new StoryAnswer(
                run,
                success,
                run.runId(),
                text(run, "title"),
                file(tenant, run, STORY).orElse(null),
                success ? path(run, STORY) : null,
                run.result().get("word_count") instanceof Number count ? count.intValue() : null,
                metadata.map(Json::object).orElse(null),
                isTold(tenant, run));
    }

    CardAnswer card(TenantId tenant, JobRunAnswer run) {
        boolean success = isCompleted(run);
        String title = Objects.requireNonNullElse(text(run, "title"), "The card");
        return new CardAnswer(
                run,
                success,
                text(run, "card_id"),
                success
                        ? "%s was written; its quality is %s."
                                .formatted(title, text(run, "quality"))
                        : "There is no card: " + run.error(),
                success ? path(run, CARD) : null,
                isTold(tenant, run));
    }

    private static boolean isCompleted(JobRunAnswer run) {
        return "COMPLETED".equals(run.status());
    }

    private static @Nullable String text(JobRunAnswer run, String name) {
        return run.result().get(name) instanceof String value ? value : null;
    }

    private static String path(JobRunAnswer run, String name) {
        return "/api/v1/job-runs/%s/artifacts/%s".formatted(run.runId(), name);
    }

    private Optional<String> file(TenantId tenant, JobRunAnswer run, String name) {
        return artifacts
                .read(tenant, JobId.of(UUID.fromString(run.jobId())), name)
                .map(ArtifactDraft::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private boolean isTold(TenantId tenant, JobRunAnswer run) {
        EventName event =
                EventName.of("job.run." + String.valueOf(run.status()).toLowerCase(Locale.ROOT))
                        .orElseThrow();
        return endpoints.list(tenant, null, ENDPOINTS_MAX).stream()
                .anyMatch(endpoint -> endpoint.isEnabled() && endpoint.events().takes(event));
    }
}
