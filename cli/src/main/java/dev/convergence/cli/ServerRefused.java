package dev.convergence.cli;

/// The server said no, or said nothing; the message is what the user sees.
final class ServerRefused extends RuntimeException {

    ServerRefused(String message) {
        super(message);
    }
}
