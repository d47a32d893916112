package dev.convergence.service.http;

import java.time.Instant;

/// What a browser that has signed in shows instead of a key: the key itself, for a while.
///
/// @param csrfToken known to our own page only; a request that changes something must carry it
/// @param since when somebody signed in
public record Session(
        boolean isOperator, String key, String csrfToken, Instant since, Instant until) {

    @Override
    public String toString() {
        return "Session[isOperator=%s, since=%s, until=%s]".formatted(isOperator, since, until);
    }
}
