package dev.convergence.steps.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.Closer;

/// Asks vendors for pages of reports. The operator says where they are, so private addresses may be
/// reached; redirects are not followed, for a request carries a tenant's key.
public final class ReportApi implements AutoCloseable {

    private static final int SUCCESS = 200;
    private static final int REDIRECTION = 300;

    private final HttpLimits limits;
    private final CloseableHttpClient client;

    public ReportApi(HttpLimits limits) {
        this.limits = limits;
        this.client =
                GuardedClient.open(new AddressGuard(true), limits.connect(), limits.silence());
    }

    /// Asks once; the body of a success lies in the file then, that of a refusal is not read.
    ///
    /// @throws EngineException SERVICE_UNAVAILABLE when the vendor cannot be reached
    public ReportPage get(URI url, Map<String, String> headers, Path file, Intake intake) {
        Cancellation cancellation = intake.cancellation();
        cancellation.check();
        HttpGet request = new HttpGet(url);
        headers.forEach(request::setHeader);
        Deadline deadline = Deadline.in(limits.whole());
        Download download = new Download(url, file, limits, deadline, intake);
        try (Cancellation.Registration _ = cancellation.onRequest(request::abort);
                Deadline.Alarm _ = deadline.atEnd(request::abort)) {
            return answer(request, download);
        } catch (IOException e) {
            cancellation.check();
            if (deadline.isOver()) {
                throw download.tooSlow();
            }
            throw new EngineException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    url.getHost() + " could not be reached, or broke off its answer.",
                    e);
        }
    }

    private ReportPage answer(HttpGet request, Download download) throws IOException {
        HttpHost host = HttpHost.create(download.url());
        ClassicHttpResponse response = CutOff.open(client, host, request);
        boolean whole = false;
        try {
            int status = response.getCode();
            if (status >= SUCCESS && status < REDIRECTION) {
                download.save(response.getEntity());
                whole = true;
            }
            return new ReportPage(status, headers(response));
        } finally {
            if (!whole) {
                request.abort();
            }
            Closer.closeQuietly(response);
        }
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return Map.copyOf(headers);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
