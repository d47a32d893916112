package dev.convergence.engine.courier;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who carries messages to tenants' own systems.
public interface Courier {

    /// Refuses a URL to which nothing may ever be sent.
    ///
    /// @throws dev.convergence.engine.error.EngineException INVALID_FIELD for `url`
    void check(String url);

    /// Sends one message and waits for the answer, for as long as one may.
    ///
    /// Checks again where the URL leads: names may lead elsewhere by now.
    Reply post(String url, Map<String, String> headers, byte[] body);

    /// What came back.
    sealed interface Reply {

        /// @param retryAfter the header of this name, as it was sent
        /// @param excerpt the beginning of the body
        record Answered(int status, @Nullable String retryAfter, String excerpt) implements Reply {}

        /// @param error a sentence for the tenant
        record Unreachable(String error) implements Reply {}
    }
}
