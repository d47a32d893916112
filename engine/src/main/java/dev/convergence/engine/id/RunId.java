package dev.convergence.engine.id;

import java.util.UUID;

/// The id of the record of one execution: its job's id with the last bit set.
///
/// One job has at most one run, so no column and no index has to join the two. Why:
/// docs/decisions/0003-time-ordered-ids.md
public record RunId(UUID value) {

    public JobId job() {
        return JobId.of(value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
