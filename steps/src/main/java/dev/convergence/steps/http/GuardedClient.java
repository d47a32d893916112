package dev.convergence.steps.http;

import java.time.Duration;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/// An HTTP client for URLs that tenants name: no proxy, no cookies, no credentials, no redirects,
/// no unpacking, a connection of its own for each request, and only addresses that the guard has
/// checked.
final class GuardedClient {

    private static final int HEADERS_MAX = 100;
    private static final int HEADER_CHARACTERS_MAX = 16_384;

    /// More than any node has at work: a slow host of one tenant must not keep the others waiting.
    private static final int CONNECTIONS_MAX = 10_000;

    private GuardedClient() {}

    /// @param silence how long nothing may come
    static CloseableHttpClient open(AddressGuard guard, Duration connect, Duration silence) {
        return HttpClients.custom()
                .setConnectionManager(connections(guard, connect, silence))
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(Timeout.of(silence)).build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(
            AddressGuard guard, Duration connect, Duration silence) {
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
                                .setConnectTimeout(Timeout.of(connect))
                                .setSocketTimeout(Timeout.of(silence))
                                .build())
                .build();
    }
}
