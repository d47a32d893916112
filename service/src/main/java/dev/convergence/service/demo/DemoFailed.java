package dev.convergence.service.demo;

/// The demo cannot go on; the message says what was asked, and what the server answered.
public final class DemoFailed extends RuntimeException {

    DemoFailed(String message) {
        super(message);
    }

    DemoFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
