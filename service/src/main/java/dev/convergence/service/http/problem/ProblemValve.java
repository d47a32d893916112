package dev.convergence.service.http.problem;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.service.http.RequestId;
import dev.convergence.service.http.WireFormat;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Tomcat itself refuses (a broken request line, oversized headers, an encoded slash), as a
/// problem document: such requests never reach our filters.
public final class ProblemValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);
    private static final InstantSource CLOCK = InstantSource.system();

    private final ProblemWriter problems = new ProblemWriter(WireFormat.mapper(), CLOCK);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        String requestId = RequestId.choose(request.getHeader(RequestId.HEADER), CLOCK.instant());
        try {
            write(refusal(response.getStatus(), request, failure), requestId, response);
        } catch (IOException | RuntimeException e) {
            ExceptionUtils.handleThrowable(e);
            LOG.debug("The answer to a broken request could not be written", e);
        }
    }

    private void write(Refusal refusal, String requestId, Response response) throws IOException {
        response.setHeader(RequestId.HEADER, requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setStatus(refusal.status());
        problems.write(refusal, requestId, response);
        response.finishResponse();
    }

    private static Refusal refusal(int status, Request request, @Nullable Throwable failure) {
        if (status == HttpFault.HTTP_VERSION_NOT_SUPPORTED.status()) {
            return Refusal.of(
                    HttpFault.HTTP_VERSION_NOT_SUPPORTED, "Say HTTP/1.1 in the request line.");
        }
        if (status >= 500 && status != 501) {
            return Refusal.of(
                    ErrorCode.INTERNAL_ERROR,
                    "Something went wrong on our side; give the request id when you report it.");
        }
        if (mentions(failure, "header")) {
            return Refusal.of(
                    HttpFault.INVALID_HEADERS,
                    "The headers are malformed or too large: send at most 8192 bytes of them.");
        }
        return switch (status) {
            case 404 -> Refusal.of(ErrorCode.RESOURCE_NOT_FOUND, "There is no such route.");
            case 405, 501 ->
                    Refusal.of(HttpFault.METHOD_NOT_ALLOWED, "No route takes this method.")
                            .with("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
            case 413 -> Refusal.of(HttpFault.PAYLOAD_TOO_LARGE, "The body is too large.");
            default -> badRequest(request, failure);
        };
    }

    private static Refusal badRequest(Request request, @Nullable Throwable failure) {
        return request.getRequestURI() == null && !mentions(failure, "request target")
                ? Refusal.of(ErrorCode.INVALID_REQUEST, "This is not a valid HTTP/1.1 request.")
                : Refusal.of(
                        ErrorCode.INVALID_PARAMETER,
                        "The path or the headers hold characters that HTTP does not allow there.");
    }

    private static boolean mentions(@Nullable Throwable failure, String what) {
        return failure != null
                && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(what);
    }
}
