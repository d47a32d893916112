package dev.convergence.steps.generation.model;

/// A way to have text written.
public enum BackEnd {
    ANTHROPIC("anthropic", "Anthropic", "ANTHROPIC_API_KEY"),
    OPENAI("openai", "OpenAI", "OPENAI_API_KEY"),
    GEMINI("gemini", "Gemini", "GEMINI_API_KEY"),
    /// An agent of Gemini's vendor that searches for minutes before it writes.
    DEEP_RESEARCH("gemini", "Gemini's research agent", "GEMINI_API_KEY"),
    OLLAMA("ollama", "The local Ollama", "");

    private final String provider;
    private final String title;
    private final String keyVariable;

    BackEnd(String provider, String title, String keyVariable) {
        this.provider = provider;
        this.title = title;
        this.keyVariable = keyVariable;
    }

    /// Whose it is, as runs show it.
    public String provider() {
        return provider;
    }

    /// Its name at the beginning of a sentence.
    String title() {
        return title;
    }

    /// Where an operator gives its key; empty when it wants none.
    String keyVariable() {
        return keyVariable;
    }

    /// Whether it is the one on our own machine, which does one thing at a time.
    public boolean isLocal() {
        return this == OLLAMA;
    }
}
