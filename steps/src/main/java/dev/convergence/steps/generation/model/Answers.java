package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.generation.model.Reply.Text;

/// What counts as a text.
final class Answers {

    private Answers() {}

    /// A text without one letter or digit is none.
    static Reply usable(Text text) {
        return text.text().codePoints().anyMatch(Character::isLetterOrDigit)
                ? text
                : new Failure(
                        Fault.EMPTY_ANSWER,
                        "The model answered without any usable text.",
                        text.usage());
    }

    static Reply refused(String message, TokenUsage usage) {
        return new Failure(Fault.ANSWER_REFUSED, message, usage);
    }
}
