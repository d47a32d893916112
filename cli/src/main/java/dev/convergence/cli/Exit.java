package dev.convergence.cli;

/// How a command ends, as scripts see it.
enum Exit {
    OK(0),
    FAILED(1),
    USAGE(2),
    AUTH(3),
    NOT_FOUND(4),
    CONFLICT(5),
    LIMIT(6),
    UNSUCCESSFUL(7),
    TIMEOUT(8),
    UNREACHABLE(9),
    INTERRUPTED(130);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /// What a refusal of the server means to a script.
    static Exit ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 404, 410 -> NOT_FOUND;
            case 409, 412, 428 -> CONFLICT;
            case 402, 429 -> LIMIT;
            case 504 -> TIMEOUT;
            default -> FAILED;
        };
    }
}
