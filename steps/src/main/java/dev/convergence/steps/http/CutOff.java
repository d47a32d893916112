package dev.convergence.steps.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;

/// Sends a request that a deadline or a cancellation may cut off at any moment.
final class CutOff {

    private CutOff() {}

    /// @throws IOException also when the request was cut off while it got its connection, which the
    ///   client tells as an illegal state, or by a null where the connection was
    static ClassicHttpResponse open(
            CloseableHttpClient client, HttpHost host, HttpUriRequestBase request)
            throws IOException {
        try {
            return client.executeOpen(host, request, null);
        } catch (IllegalStateException | NullPointerException released) {
            if (!request.isAborted()) {
                throw released;
            }
            InterruptedIOException cutOff = new InterruptedIOException("The request was cut off.");
            cutOff.initCause(released);
            throw cutOff;
        }
    }

    /// Closes the connection of a request. Another thread may be about to do so, and the request's
    /// own thread fails of it before that one is done; so whoever is second waits for the first.
    static void cut(HttpUriRequestBase request) {
        synchronized (request) {
            request.abort();
        }
    }
}
