package dev.convergence.steps.generation.model;

/// What a model made of a question.
public sealed interface Reply {

    /// What it cost, also when nothing came of it.
    TokenUsage usage();

    /// @param cutShort whether the text ends where the limit was, not where it should
    /// @param model the model that answered, as the vendor names it
    record Text(String text, boolean cutShort, String model, TokenUsage usage) implements Reply {}

    /// @param message a sentence for the tenant; no key, no address
    record Failure(Fault fault, String message, TokenUsage usage) implements Reply {

        public static Failure of(Fault fault, String message) {
            return new Failure(fault, message, TokenUsage.NONE);
        }
    }
}
