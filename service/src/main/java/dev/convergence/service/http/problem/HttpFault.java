package dev.convergence.service.http.problem;

/// What HTTP itself refuses, before any engine room is asked; the words are public.
public enum HttpFault {
    INVALID_JSON(400),
    INVALID_ENCODING(400),
    INVALID_HEADERS(400),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    IDEMPOTENCY_IN_FLIGHT(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    IDEMPOTENCY_KEY_REUSED(422),
    HTTP_VERSION_NOT_SUPPORTED(505);

    private final int status;

    HttpFault(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
