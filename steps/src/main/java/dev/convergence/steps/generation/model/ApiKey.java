package dev.convergence.steps.generation.model;

/// A vendor's key: it prints as `***`, and only [#reveal()] gives it away.
public record ApiKey(String reveal) {

    @Override
    public String toString() {
        return "***";
    }
}
