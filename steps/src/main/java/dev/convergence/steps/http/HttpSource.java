package dev.convergence.steps.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.Closer;

/// Fetches a file that a tenant names by its URL: every hop past the guard, and no more bytes or
/// time than the limits allow.
///
/// Messages name the host only: the rest of a URL may be a secret.
public final class HttpSource implements AutoCloseable {

    private final AddressGuard guard;
    private final HttpLimits limits;
    private final CloseableHttpClient client;

    public HttpSource(AddressGuard guard, HttpLimits limits) {
        this.guard = guard;
        this.limits = limits;
        this.client = GuardedClient.open(guard, limits.connect(), limits.silence());
    }

    /// The file, in the directory, with an ending that says its format.
    ///
    /// @throws EngineException INVALID_FIELD for a URL that may not be reached, EXTERNAL_API_ERROR
    ///   when its server refuses, SERVICE_UNAVAILABLE when trying again may help
    public Path fetch(String url, Path directory, Intake intake) {
        URI next = guard.checked(url);
        Path file = directory.resolve("download" + FileEnding.of(next));
        Deadline deadline = Deadline.in(limits.whole());
        for (int hop = 0; hop <= limits.redirectsMax(); hop++) {
            Optional<URI> redirect = request(new Download(next, file, limits, deadline, intake));
            if (redirect.isEmpty()) {
                return file;
            }
            next = guard.checked(redirect.get());
        }
        throw new EngineException(
                ErrorCode.EXTERNAL_API_ERROR,
                next.getHost() + " redirects more than " + limits.redirectsMax() + " times.");
    }

    private Optional<URI> request(Download download) {
        Cancellation cancellation = download.intake().cancellation();
        cancellation.check();
        URI url = download.url();
        HttpGet request = new HttpGet(url);
        try (Cancellation.Registration _ = cancellation.onRequest(request::abort);
                Deadline.Alarm _ = download.deadline().atEnd(request::abort)) {
            return answer(request, download);
        } catch (IOException e) {
            cancellation.check();
            if (download.deadline().isOver()) {
                throw download.tooSlow();
            }
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    url.getHost() + " could not be reached, or broke off its answer.",
                    e);
        }
    }

    /// Cuts the connection unless the file was read to its end: closing it politely would read what
    /// is left of the answer, which need not end.
    private Optional<URI> answer(HttpGet request, Download download) throws IOException {
        HttpHost host = HttpHost.create(download.url());
        ClassicHttpResponse response = CutOff.open(client, host, request);
        boolean whole = false;
        try {
            Optional<URI> redirect = download.take(response);
            whole = redirect.isEmpty();
            return redirect;
        } finally {
            if (!whole) {
                request.abort();
            }
            Closer.closeQuietly(response);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
