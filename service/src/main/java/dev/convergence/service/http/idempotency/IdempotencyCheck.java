package dev.convergence.service.http.idempotency;

import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.Callers;
import dev.convergence.service.http.problem.HttpFault;
import dev.convergence.service.http.problem.Refusal;
import dev.convergence.service.http.problem.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/// Claims the Idempotency-Key of a POST before its route runs, or answers what was answered before.
///
/// Runs last of the checks: a caller that may not do it, may not see its answer either.
public final class IdempotencyCheck implements HandlerInterceptor {

    static final String CLAIM = "convergence.idempotency_claim";

    private final IdempotentAnswers answers;
    private final InstantSource clock;

    public IdempotencyCheck(IdempotentAnswers answers, InstantSource clock) {
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        BufferedRequest buffered = WebUtils.getNativeRequest(request, BufferedRequest.class);
        if (buffered == null) {
            return true;
        }
        return switch (answers.claim(claim(buffered), fingerprint(buffered))) {
            case Claiming.Ours(Claim claim) -> {
                request.setAttribute(CLAIM, claim);
                yield true;
            }
            case Claiming.Answered stored -> {
                replay(stored, response);
                yield false;
            }
            case Claiming.InFlight running -> throw inFlight();
            case Claiming.OtherBody other -> throw reused();
        };
    }

    private Claim claim(BufferedRequest request) {
        return new Claim(
                scope(Callers.of(request)),
                IdempotencyKey.parse(request.getHeader(IdempotencyKey.HEADER)),
                request.getMethod(),
                oneSpelling(request.getRequestURI()),
                clock.instant());
    }

    private static String scope(Caller caller) {
        return switch (caller) {
            case Caller.Tenant(TenantId tenant, var key, var scopes, var user) ->
                    "tenant:" + tenant;
            case Caller.Operator operator -> "operator";
            case Caller.Anyone anyone -> "anyone";
        };
    }

    /// Tenants and customers are two spellings of one route.
    private static String oneSpelling(String path) {
        return path.replaceFirst("^/api/v1/customers(?=/|$)", "/api/v1/tenants");
    }

    /// The query says what is asked for as much as the body does.
    private static String fingerprint(BufferedRequest request) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    String.valueOf(request.getQueryString()).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(request.body()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    private static void replay(Claiming.Answered stored, HttpServletResponse response)
            throws IOException {
        response.setStatus(stored.status());
        stored.headers().forEach(response::setHeader);
        response.setHeader("Idempotency-Replayed", "true");
        response.setContentLength(stored.body().length);
        response.getOutputStream().write(stored.body());
    }

    private static RefusedException inFlight() {
        return new RefusedException(
                Refusal.of(
                                HttpFault.IDEMPOTENCY_IN_FLIGHT,
                                "The first request with this Idempotency-Key is still running: ask"
                                        + " again in a second.")
                        .with("Retry-After", "1"));
    }

    private static RefusedException reused() {
        return new RefusedException(
                Refusal.of(
                        HttpFault.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key was used with another body: choose a new key."));
    }
}
