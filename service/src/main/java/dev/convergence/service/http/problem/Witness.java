package dev.convergence.service.http.problem;

import jakarta.servlet.http.HttpServletRequest;

/// Sees every refusal that a request meets, before it is written.
@FunctionalInterface
public interface Witness {

    Witness NOBODY = (_, _) -> {};

    void saw(HttpServletRequest request, Refusal refusal);
}
