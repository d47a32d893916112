package dev.convergence.service.http.problem;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.Map;

/// The headers that a refusal of the engine brings: how to authenticate, and when to come back.
final class RefusalHeaders {

    static final String RETRY_FACT = "retry_after";

    private static final String QUOTA_PAUSE_SECONDS = "60";
    private static final String OUTAGE_PAUSE_SECONDS = "5";

    private RefusalHeaders() {}

    static Map<String, String> of(EngineException refused) {
        return switch (refused.code().category()) {
            case AUTHENTICATION -> Map.of("WWW-Authenticate", challenge(refused.code()));
            case QUOTA -> Map.of("Retry-After", pause(refused, QUOTA_PAUSE_SECONDS));
            case TRANSIENT -> Map.of("Retry-After", pause(refused, OUTAGE_PAUSE_SECONDS));
            default -> Map.of();
        };
    }

    /// A key that does not open asks for a better one; where the engine itself asks for a key, it
    /// is the operator's that is missing.
    private static String challenge(ErrorCode code) {
        return code == ErrorCode.UNAUTHORIZED ? "AdminKey" : "ApiKey";
    }

    private static String pause(EngineException refused, String otherwise) {
        return refused.facts().getOrDefault(RETRY_FACT, otherwise).toString();
    }
}
