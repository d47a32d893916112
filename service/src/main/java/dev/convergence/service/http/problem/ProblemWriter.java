package dev.convergence.service.http.problem;

import dev.convergence.api.problem.FieldProblem;
import dev.convergence.api.problem.Problem;
import dev.convergence.engine.error.FieldError;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes refusals as `application/problem+json`, the same from every layer.
public final class ProblemWriter {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:convergence:problem:";
    private static final int UNPROCESSABLE = 422;

    private final JsonMapper json;
    private final InstantSource clock;

    public ProblemWriter(JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    public void write(Refusal refusal, String requestId, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        response.setContentType(MEDIA_TYPE);
        byte[] body = bytes(refusal, requestId);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    public byte[] bytes(Refusal refusal, String requestId) {
        return json.writeValueAsBytes(problem(refusal, requestId));
    }

    private Problem problem(Refusal refusal, String requestId) {
        String title = title(refusal.code());
        return new Problem(
                TYPE_PREFIX + refusal.code().toLowerCase(Locale.ROOT).replace('_', '-'),
                title,
                refusal.status(),
                refusal.detail(),
                "urn:request:" + requestId,
                refusal.code(),
                requestId,
                errors(refusal),
                refusal.code().endsWith("_QUOTA_EXCEEDED") ? "quota_exceeded" : title,
                refusal.code(),
                refusal.detail(),
                clock.instant(),
                refusal.facts());
    }

    private static @Nullable List<FieldProblem> errors(Refusal refusal) {
        return refusal.status() == UNPROCESSABLE || !refusal.fields().isEmpty()
                ? refusal.fields().stream().map(ProblemWriter::field).toList()
                : null;
    }

    private static FieldProblem field(FieldError fault) {
        return new FieldProblem(fault.field(), fault.code(), fault.detail());
    }

    /// The code as words, so that a title is constant per type without a second list.
    private static String title(String code) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
