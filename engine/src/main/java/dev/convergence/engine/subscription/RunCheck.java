package dev.convergence.engine.subscription;

import java.util.List;

/// Whether a pipeline could run now; every reason against it, none when it can.
public record RunCheck(Usage usage, List<String> reasons) {

    public RunCheck {
        reasons = List.copyOf(reasons);
    }

    public boolean canRun() {
        return reasons.isEmpty();
    }
}
