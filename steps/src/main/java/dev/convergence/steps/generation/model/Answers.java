package dev.convergence.steps.generation.model;

import dev.convergence.steps.generation.model.Reply.Failure;
import dev.convergence.steps.generation.model.Reply.Text;
import java.util.regex.Pattern;

/// What counts as a text, and what of it is kept.
final class Answers {

    private Answers() {}

    /// Characters that no file and no database wants; line breaks and tabs are not among them.
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\n\r\t]]");

    /// A text without one letter or digit is none.
    static Reply usable(Text answer) {
        Text text =
                new Text(
                        CONTROLS.matcher(answer.text()).replaceAll(""),
                        answer.cutShort(),
                        answer.model(),
                        answer.usage());
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
