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
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/// Fetches a file that a tenant names by its URL: no proxy, no cookies, no credentials, no
/// unpacking, every hop past the guard, and no more bytes or time than the limits allow.
///
/// Messages name the host only: the rest of a URL may be a secret.
public final class HttpSource implements AutoCloseable {

    private static final int HEADERS_MAX = 100;
    private static final int HEADER_CHARACTERS_MAX = 16_384;

    /// More than any node has slots: a slow host of one tenant must not keep the others waiting.
    private static final int CONNECTIONS_MAX = 10_000;

    private final AddressGuard guard;
    private final HttpLimits limits;
    private final CloseableHttpClient client;

    public HttpSource(AddressGuard guard, HttpLimits limits) {
        this.guard = guard;
        this.limits = limits;
        this.client = client(guard, limits);
    }

    static CloseableHttpClient client(AddressGuard guard, HttpLimits limits) {
        return HttpClients.custom()
                .setConnectionManager(connections(guard, limits))
                .setDefaultRequestConfig(
                        RequestConfig.custom()
                                .setResponseTimeout(Timeout.of(limits.silence()))
                                .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(
            AddressGuard guard, HttpLimits limits) {
        Http1Config headers =
                Http1Config.custom()
                        .setMaxHeaderCount(HEADERS_MAX)
                        .setMaxLineLength(HEADER_CHARACTERS_MAX)
                        .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setDnsResolver(new GuardedDns(guard))
                .setConnectionFactory(
                        ManagedHttpClientConnectionFactory.builder().http1Config(headers).build())
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(limits.connect()))
                                .setSocketTimeout(Timeout.of(limits.silence()))
                                .build())
                .build();
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
        ClassicHttpResponse response = client.executeOpen(host, request, null);
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
