package dev.convergence.service;

/// The command line makes no sense; the message says which word, and what would.
final class WrongUsage extends RuntimeException {

    WrongUsage(String message) {
        super(message);
    }
}
