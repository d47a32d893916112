package dev.convergence.service.config;

import org.jspecify.annotations.Nullable;

/// Every variable that the server knows; `docs/configuration.md` has one line for each.
public enum Variable {
    DATABASE_URL,
    ADMIN_API_KEY,
    CONVERGENCE_MASTER_KEY,
    CONVERGENCE_KMS_KEY_URI,
    CONVERGENCE_OPEN_ONBOARDING("false"),
    CONVERGENCE_WORKERS("twice the processors, at least 4", null),
    CONVERGENCE_TICK("PT10S"),
    CONVERGENCE_POLL_INTERVAL("PT1S"),
    CONVERGENCE_RETRY_BASE("PT60S pipelines, PT10S jobs", null),
    CONVERGENCE_RETRY_JITTER("0.1"),
    CONVERGENCE_LEASE("PT30S"),
    CONVERGENCE_PRIORITY_AGEING("off"),
    CONVERGENCE_POOLS("ollama-local=1"),
    CONVERGENCE_RETENTION_RUNS("P90D"),
    CONVERGENCE_RETENTION_LOGS("P30D"),
    CONVERGENCE_RETENTION_SLOTS("P400D"),
    CONVERGENCE_RETENTION_AUDIT("P400D"),
    CONVERGENCE_LOG_FORMAT("text"),
    CONVERGENCE_RATE_LIMIT("on"),
    CONVERGENCE_WEBHOOK_ALLOW_PRIVATE("false"),
    CONVERGENCE_WAREHOUSE("duckdb"),
    CONVERGENCE_LANDING_DIR("DATA_DIR/landing", null),
    CONVERGENCE_TEMPLATE_DIR,
    CONVERGENCE_FOCUS_MODEL,
    CORS_ORIGINS("none", null),
    OPENAI_BASE_URL("https://api.openai.com/v1"),
    OPENAI_API_KEY,
    ANTHROPIC_BASE_URL("https://api.anthropic.com"),
    ANTHROPIC_API_KEY,
    GEMINI_BASE_URL("https://generativelanguage.googleapis.com"),
    GEMINI_API_KEY,
    OLLAMA_BASE_URL("http://localhost:11434"),
    SMTP_URL;

    private final String shownDefault;
    private final @Nullable String fallback;

    Variable() {
        this("unset", null);
    }

    Variable(String fallback) {
        this(fallback, fallback);
    }

    Variable(String shownDefault, @Nullable String fallback) {
        this.shownDefault = shownDefault;
        this.fallback = fallback;
    }

    /// The default as an operator reads it.
    public String shownDefault() {
        return shownDefault;
    }

    /// The text that is read when nobody set the variable.
    @Nullable String fallback() {
        return fallback;
    }
}
