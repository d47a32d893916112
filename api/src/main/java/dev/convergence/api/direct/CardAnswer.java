package dev.convergence.api.direct;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.convergence.api.job.JobRunAnswer;
import org.jspecify.annotations.Nullable;

/// What came of research that its caller waited for: its run, and where the card is.
///
/// @param success whether there is a card
/// @param cardId null when there is none
/// @param message a sentence that says what came of it
/// @param outputPath under which path the card is fetched
/// @param webhookTriggered whether an endpoint of the tenant hears of it
public record CardAnswer(
        @JsonUnwrapped JobRunAnswer run,
        boolean success,
        @Nullable String cardId,
        String message,
        @Nullable String outputPath,
        boolean webhookTriggered) {}
