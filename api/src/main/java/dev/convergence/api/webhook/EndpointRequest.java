package dev.convergence.api.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An endpoint to make.
///
/// @param events names of events, families as in `job.run.*`, or `*`; left out: all
/// @param secret `whsec_` and 24 to 64 bytes in base64; left out: the server makes one
/// @param maxAttempts 1 to 10; left out: 3
/// @param enabled left out: true
public record EndpointRequest(
        @Nullable String url,
        @Nullable List<@Nullable String> events,
        @Nullable String secret,
        @Nullable String description,
        @Nullable Integer maxAttempts,
        @Nullable Boolean enabled) {

    @Override
    public String toString() {
        return "EndpointRequest[url=" + url + ", secret=***]";
    }
}
