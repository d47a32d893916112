package dev.convergence.service.http.problem;

import dev.convergence.engine.error.ErrorCode;

/// Which HTTP status says what an error code says.
final class Statuses {

    private Statuses() {}

    static int of(ErrorCode code) {
        return switch (code.category()) {
            case VALIDATION -> code == ErrorCode.INVALID_FIELD ? 422 : 400;
            case AUTHENTICATION -> 401;
            case AUTHORIZATION -> code == ErrorCode.SUBSCRIPTION_EXPIRED ? 402 : 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case QUOTA -> 429;
            case EXTERNAL -> 502;
            case TRANSIENT -> code == ErrorCode.EXECUTION_TIMEOUT ? 504 : 503;
            case INTERNAL -> 500;
        };
    }
}
