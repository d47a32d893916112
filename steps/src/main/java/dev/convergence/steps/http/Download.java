package dev.convergence.steps.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.steps.intake.Intake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/// What an answer of an HTTP source means: a file, another place, or a refusal.
record Download(URI url, Path file, HttpLimits limits, Deadline deadline, Intake intake) {

    private static final int BUFFER = 1 << 16;
    private static final int REDIRECTION = 300;
    private static final int CLIENT_ERROR = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /// Where it is redirected to, or nothing once the file is there.
    Optional<URI> take(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (status < REDIRECTION) {
            save(response.getEntity());
            return Optional.empty();
        }
        if (status < CLIENT_ERROR) {
            return Optional.of(target(response));
        }
        boolean passing = status >= SERVER_ERROR || status == TOO_MANY_REQUESTS;
        throw new EngineException(
                passing ? ErrorCode.SERVICE_UNAVAILABLE : ErrorCode.EXTERNAL_API_ERROR,
                url.getHost() + " answers with the status " + status + ".");
    }

    private URI target(ClassicHttpResponse response) {
        Header location = response.getFirstHeader("Location");
        URI target = location == null ? null : resolved(location.getValue());
        if (target == null) {
            throw refusal("redirects to nowhere.");
        }
        if ("https".equalsIgnoreCase(url.getScheme())
                && !"https".equalsIgnoreCase(target.getScheme())) {
            throw refusal("redirects to an address that is not encrypted.");
        }
        return target;
    }

    private @Nullable URI resolved(String location) {
        try {
            return url.resolve(new URI(location));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    void save(@Nullable HttpEntity body) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            if (body != null) {
                copy(body.getContent(), out);
            }
        }
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            bytes += read;
            if (bytes > limits.bytesMax()) {
                throw refusal("sends more than " + limits.bytesMax() + " bytes.");
            }
            if (deadline.isOver()) {
                throw tooSlow();
            }
            intake.take(read);
            out.write(buffer, 0, read);
        }
    }

    EngineException tooSlow() {
        return new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                url.getHost() + " takes longer than " + limits.whole().toSeconds() + " seconds.");
    }

    private EngineException refusal(String what) {
        return new EngineException(ErrorCode.EXTERNAL_API_ERROR, url.getHost() + " " + what);
    }
}
