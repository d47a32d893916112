package dev.convergence.steps.http;

import java.util.Map;
import java.util.Optional;

/// What a vendor's API answered; the body lies in the file that it was asked into.
///
/// @param headers by name in lower case
public record ReportPage(int status, Map<String, String> headers) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
