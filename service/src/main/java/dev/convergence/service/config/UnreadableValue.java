package dev.convergence.service.config;

/// Why one text is no value of its variable; never repeats a secret.
final class UnreadableValue extends RuntimeException {

    UnreadableValue(String message) {
        super(message);
    }
}
