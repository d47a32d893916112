package dev.convergence.testkit.models;

import java.util.HashSet;
import java.util.Set;

/// The requests that a model works on, and how many there ever were at once.
final class UnderWay {

    private final Set<Object> requests = new HashSet<>();
    private int most;

    /// Counts one more. Callers that have hung up meanwhile are left out first: a drip finds that
    /// out only when it writes again, and then they would count as if they had asked at the same
    /// time.
    synchronized void begin(Object request) {
        requests.removeIf(other -> other instanceof Drip drip && !drip.isHeard());
        requests.add(request);
        most = Math.max(most, requests.size());
    }

    synchronized void end(Object request) {
        requests.remove(request);
    }

    synchronized int most() {
        return most;
    }
}
