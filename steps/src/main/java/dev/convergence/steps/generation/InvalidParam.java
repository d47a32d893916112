package dev.convergence.steps.generation;

/// A parameter that makes no sense. It fails the run, not the request for it.
final class InvalidParam extends Exception {

    InvalidParam(String name, String expected) {
        super("The parameter " + name + " " + expected);
    }
}
