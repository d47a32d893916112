package dev.convergence.engine.step;

/// What a step counted.
public record StepRows(long read, long written, long bytesRead) {

    public static final StepRows NONE = new StepRows(0, 0, 0);
}
