package dev.convergence.service.http.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/// Whether the client of a request that waits for its answer is still there.
final class Presence {

    private Presence() {}

    /// To be asked in the request's own thread.
    static BooleanSupplier isGone(HttpServletRequest request) {
        return request.getAttribute(PresenceValve.IS_GONE) instanceof BooleanSupplier isGone
                ? isGone
                : () -> false;
    }
}
