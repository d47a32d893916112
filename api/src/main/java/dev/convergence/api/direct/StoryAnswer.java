package dev.convergence.api.direct;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.convergence.api.job.JobRunAnswer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a story that its caller waited for: its run, and the story itself.
///
/// @param success whether there is a story; if not, the run's `error` says why
/// @param storyId that of the run
/// @param story the text with its front matter; null when there is none
/// @param filePath under which path the text is fetched
/// @param wordCount in characters
/// @param metadata what is kept beside the text: model, prompt, tokens, likeness
/// @param webhookTriggered whether an endpoint of the tenant hears of it
public record StoryAnswer(
        @JsonUnwrapped JobRunAnswer run,
        boolean success,
        String storyId,
        @Nullable String title,
        @Nullable String story,
        @Nullable String filePath,
        @Nullable Integer wordCount,
        @Nullable Map<String, Object> metadata,
        boolean webhookTriggered) {}
