package dev.convergence.steps.source;

/// A line of JSON that DuckDB's own reader would not take, or would take otherwise than Java does.
/// Thrown for the first one that a search comes upon; nobody reads where it was.
final class NotPlain extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NotPlain() {
        super(null, null, false, false);
    }

    static void require(boolean isPlain) {
        if (!isPlain) {
            throw new NotPlain();
        }
    }
}
