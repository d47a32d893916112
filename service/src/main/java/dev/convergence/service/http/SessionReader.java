package dev.convergence.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;

/// Finds the session that a request carries.
@FunctionalInterface
public interface SessionReader {

    SessionReader NONE = (_, _) -> Optional.empty();

    Optional<Session> read(HttpServletRequest request, Instant now);
}
