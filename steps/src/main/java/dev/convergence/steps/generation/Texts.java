package dev.convergence.steps.generation;

/// Cutting texts without cutting characters.
final class Texts {

    private Texts() {}

    /// At most so many characters; a cut text ends with an ellipsis.
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
