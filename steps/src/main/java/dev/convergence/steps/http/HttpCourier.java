package dev.convergence.steps.http;

import dev.convergence.engine.courier.Courier;
import dev.convergence.engine.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.jspecify.annotations.Nullable;

/// Sends webhooks past the guard. The status is the answer: of the body only the beginning is read.
///
/// Errors name no address: where a name leads inside our network is nobody's business.
public final class HttpCourier implements Courier, AutoCloseable {

    /// How long one message may take.
    public record Patience(Duration connect, Duration whole) {

        public static final Patience DEFAULT =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    private static final int EXCERPT_BYTES_MAX = 1_024;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int FREE_PORTS = 1_024;
    private static final int PORT_MAX = 65_535;

    private final AddressGuard guard;
    private final Patience patience;
    private final CloseableHttpClient client;

    public HttpCourier(AddressGuard guard, Patience patience) {
        this.guard = guard;
        this.patience = patience;
        client = GuardedClient.open(guard, patience.connect(), patience.whole());
    }

    @Override
    public void check(String url) {
        guard.refuseForbidden(checked(url).getHost());
    }

    private URI checked(String url) {
        URI checked = guard.checked(url);
        int port = checked.getPort();
        boolean isUsual = port == -1 || port == HTTP || port == HTTPS;
        if (!isUsual && (port < FREE_PORTS || port > PORT_MAX)) {
            throw EngineException.invalidField(
                    "url", "INVALID_URL", "has a port that is neither 80, 443 nor 1024 to 65535.");
        }
        return checked;
    }

    @Override
    public Reply post(String url, Map<String, String> headers, byte[] body) {
        Deadline deadline = Deadline.in(patience.whole());
        try {
            URI target = checked(url);
            HttpPost request = new HttpPost(target);
            headers.forEach(request::setHeader);
            request.setEntity(
                    new ByteArrayEntity(
                            body, ContentType.create(ContentType.APPLICATION_JSON.getMimeType())));
            try (Deadline.Alarm _ = deadline.atEnd(request::abort)) {
                return answer(target, request);
            }
        } catch (EngineException refused) {
            return new Reply.Unreachable(String.valueOf(refused.getMessage()));
        } catch (SSLException untrusted) {
            return new Reply.Unreachable("The receiver's TLS certificate is not trusted.");
        } catch (IOException broken) {
            return new Reply.Unreachable(
                    deadline.isOver()
                            ? "The receiver took longer than %s seconds."
                                    .formatted(patience.whole().toSeconds())
                            : "The receiver could not be reached, or broke off.");
        }
    }

    /// Cuts the connection in the end: closing it politely would read what is left of the answer,
    /// which need not end.
    private Reply answer(URI url, HttpPost request) throws IOException {
        ClassicHttpResponse response = CutOff.open(client, HttpHost.create(url), request);
        try {
            return new Reply.Answered(
                    response.getCode(), retryAfter(response), excerpt(response.getEntity()));
        } finally {
            request.abort();
            Closer.closeQuietly(response);
        }
    }

    private static @Nullable String retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Retry-After");
        return header == null ? null : header.getValue();
    }

    /// An answer that breaks off after its status is an answer. What it is read from stays open: to
    /// close it would be to read what is left, too.
    private static String excerpt(@Nullable HttpEntity body) {
        byte[] read = new byte[EXCERPT_BYTES_MAX];
        int length = 0;
        try {
            InputStream in = body == null ? InputStream.nullInputStream() : body.getContent();
            int more = in.read(read);
            while (more > 0) {
                length += more;
                more = in.read(read, length, EXCERPT_BYTES_MAX - length);
            }
        } catch (IOException brokenOff) {
            return text(read, length);
        }
        return text(read, length);
    }

    /// The database stores no NUL, and nobody wants to read control characters.
    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", " ");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
