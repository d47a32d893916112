package dev.convergence.steps.http;

import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.step.CancelledException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Calls the APIs that an operator configured, so private addresses are fine here.
///
/// No redirect is followed: the key in the headers is meant for one host. No connection is kept: a
/// cancelled call cuts its connection, which is how a model server learns that nobody waits for it.
public final class ApiClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /// Small enough that the answer, quoted in a file of JSON, is still an artifact.
    private static final int BYTES_MAX = 2 << 20;

    private static final int CONNECTIONS_MAX = 10_000;

    private final InstantSource clock;
    private final CloseableHttpClient client;

    /// @param clock tells how far away the date of a `Retry-After` is
    public ApiClient(InstantSource clock) {
        this.clock = clock;
        this.client =
                HttpClients.custom()
                        .setConnectionManager(connections())
                        .setDefaultRequestConfig(
                                RequestConfig.custom().setResponseTimeout(Timeout.DISABLED).build())
                        .setConnectionReuseStrategy((_, _, _) -> false)
                        .disableRedirectHandling()
                        .disableAutomaticRetries()
                        .disableContentCompression()
                        .disableCookieManagement()
                        .disableAuthCaching()
                        .build();
    }

    private static PoolingHttpClientConnectionManager connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(CONNECTIONS_MAX)
                .setMaxConnPerRoute(CONNECTIONS_MAX)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setSocketTimeout(Timeout.DISABLED)
                                .build())
                .build();
    }

    /// Waits for the answer until the deadline. However it ends, the connection is closed by then:
    /// whoever held a permit for this call may give it away.
    ///
    /// @throws CancelledException when the work was cancelled meanwhile; the call is cut off then
    public ApiReply send(ApiCall call, Deadline deadline, Cancellation cancellation) {
        cancellation.check();
        HttpUriRequestBase request = request(call);
        try (Cancellation.Registration _ = cancellation.onRequest(() -> CutOff.cut(request));
                Deadline.Alarm _ = deadline.atEnd(() -> CutOff.cut(request))) {
            return answer(call, request);
        } catch (IOException e) {
            cancellation.check();
            return deadline.isOver() ? new ApiReply.TooSlow() : new ApiReply.Unreachable();
        } finally {
            CutOff.cut(request);
        }
    }

    private static HttpUriRequestBase request(ApiCall call) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.url());
        call.headers().forEach(request::setHeader);
        if (call.body().length > 0) {
            request.setEntity(new ByteArrayEntity(call.body(), ContentType.APPLICATION_JSON));
        }
        return request;
    }

    /// Aborts in any case: a connection that is not kept need not be closed politely, which would
    /// read the rest of an answer that need not end.
    private ApiReply answer(ApiCall call, HttpUriRequestBase request) throws IOException {
        ClassicHttpResponse response = CutOff.open(client, HttpHost.create(call.url()), request);
        try {
            byte[] body = body(response.getEntity());
            return body == null
                    ? new ApiReply.TooLarge()
                    : new ApiReply.Answered(response.getCode(), body, retryAfter(response));
        } finally {
            CutOff.cut(request);
            Closer.closeQuietly(response);
        }
    }

    private static byte @Nullable [] body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(BYTES_MAX + 1);
        return body.length > BYTES_MAX ? null : body;
    }

    private Optional<Duration> retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return RetryAfter.parse(header == null ? null : header.getValue(), clock.instant());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
