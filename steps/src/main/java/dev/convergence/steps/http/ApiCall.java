package dev.convergence.steps.http;

import java.net.URI;
import java.util.Map;

/// A request to an API that an operator configured.
///
/// @param headers may hold a key, so the call is never printed
/// @param body JSON in UTF-8; empty for a GET
public record ApiCall(String method, URI url, Map<String, String> headers, byte[] body) {

    public ApiCall {
        headers = Map.copyOf(headers);
    }

    public static ApiCall get(URI url, Map<String, String> headers) {
        return new ApiCall("GET", url, headers, new byte[0]);
    }

    public static ApiCall post(URI url, Map<String, String> headers, byte[] body) {
        return new ApiCall("POST", url, headers, body);
    }

    @Override
    public String toString() {
        return method + " " + url.getHost();
    }
}
