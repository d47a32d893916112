package dev.convergence.steps.source;

/// Thrown by a reading that cannot make sense of a value; the message continues "the value …".
final class BadValue extends RuntimeException {

    BadValue(String why) {
        super(why);
    }
}
