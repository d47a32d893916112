package dev.convergence.service.http.idempotency;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/// Keeps the answer of a POST that carries an Idempotency-Key and was claimed by
/// [IdempotencyCheck].
///
/// Answers are stored when something was done, and when it is not known whether it was: 2xx, and
/// 5xx but 503. A refusal (4xx, 503) did nothing, so the key is free again for the corrected
/// request.
public final class IdempotencyFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);
    private static final List<String> KEPT_HEADERS = List.of("Content-Type", "Location");

    private final IdempotentAnswers answers;
    private final OneTimeFields oneTime;

    public IdempotencyFilter(IdempotentAnswers answers, JsonMapper json) {
        this.answers = answers;
        oneTime = new OneTimeFields(json);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"POST".equals(request.getMethod())
                || request.getHeader(IdempotencyKey.HEADER) == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        boolean returned = false;
        try {
            chain.doFilter(new BufferedRequest(request), answer);
            returned = true;
        } finally {
            if (request.getAttribute(IdempotencyCheck.CLAIM) instanceof Claim claim) {
                settle(claim, returned, answer);
            }
        }
        answer.copyBodyToResponse();
    }

    private void settle(Claim claim, boolean returned, ContentCachingResponseWrapper answer) {
        try {
            if (returned && isKept(answer.getStatus())) {
                byte[] body = oneTime.without(answer.getContentAsByteArray());
                answers.finish(claim, answer.getStatus(), headers(answer), body);
            } else {
                answers.release(claim);
            }
        } catch (RuntimeException e) {
            LOG.error("The answer under an Idempotency-Key of {} was not kept", claim.scope(), e);
        }
    }

    private static boolean isKept(int status) {
        return status / 100 == 2
                || (status / 100 == 5 && status != HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }

    private static Map<String, String> headers(HttpServletResponse answer) {
        Map<String, String> kept = new HashMap<>();
        for (String name : KEPT_HEADERS) {
            String value =
                    "Content-Type".equals(name) ? answer.getContentType() : answer.getHeader(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        return kept;
    }
}
