package dev.convergence.service.http.session;

import dev.convergence.api.session.SessionAnswer;
import dev.convergence.api.session.SignInRequest;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Access;
import dev.convergence.service.http.Caller;
import dev.convergence.service.http.KeyAuthenticator;
import dev.convergence.service.http.OperatorKeys;
import dev.convergence.service.http.OwnPage;
import dev.convergence.service.http.Session;
import dev.convergence.service.http.Who;
import dev.convergence.service.http.limits.SignInLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Signing in with a key, staying, and signing out.
@RestController
public final class SessionRoutes {

    private final SealedSessions sessions;
    private final SessionCookie cookie;
    private final KeyAuthenticator keys;
    private final OperatorKeys operators;
    private final SignInLimit limit;
    private final InstantSource clock;

    public SessionRoutes(
            SealedSessions sessions,
            KeyAuthenticator keys,
            OperatorKeys operators,
            SignInLimit limit,
            InstantSource clock) {
        this.sessions = sessions;
        this.cookie = new SessionCookie(sessions);
        this.keys = keys;
        this.operators = operators;
        this.limit = limit;
        this.clock = clock;
    }

    @Access(Who.ANYONE)
    @PostMapping("/api/v1/session")
    public ResponseEntity<SessionAnswer> signIn(
            @RequestBody SignInRequest body, HttpServletRequest request) {
        Instant now = clock.instant();
        OwnPage.require(request);
        limit.count(request.getRemoteAddr(), now);
        String key = required(body.key());
        TenantId tenant = operators.accepts(key) ? null : keys.authenticate(key, now).tenant();
        Session session = sessions.begin(tenant == null, key, now);
        return answer(session, tenant, Optional.of(cookie.holding(session, request, now)));
    }

    private static String required(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw EngineException.invalidField(
                    "key", "REQUIRED", "is a tenant's key, or the operator's.");
        }
        return key.strip();
    }

    /// Who has signed in; while somebody asks, the session goes on.
    @Access(value = Who.TENANT_OR_OPERATOR, allowSuspended = true)
    @GetMapping("/api/v1/session")
    public ResponseEntity<SessionAnswer> session(Caller caller, HttpServletRequest request) {
        Instant now = clock.instant();
        Session session =
                cookie.read(request, now)
                        .orElseThrow(() ->
                                EngineException.notFound("Nobody has signed in: sign in first."));
        Optional<Session> renewed = sessions.renewed(session, now);
        return answer(
                renewed.orElse(session),
                caller instanceof Caller.Tenant tenant ? tenant.tenant() : null,
                renewed.map(longer -> cookie.holding(longer, request, now)));
    }

    @Access(Who.ANYONE)
    @DeleteMapping("/api/v1/session")
    public ResponseEntity<Void> signOut(HttpServletRequest request) {
        OwnPage.require(request);
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie.gone(request))
                .build();
    }

    private static ResponseEntity<SessionAnswer> answer(
            Session session, @Nullable TenantId tenant, Optional<String> cookie) {
        String id = tenant == null ? null : tenant.value();
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        cookie.ifPresent(value -> answer.header(HttpHeaders.SET_COOKIE, value));
        return answer.body(
                new SessionAnswer(
                        session.isOperator() ? "OPERATOR" : "TENANT",
                        id,
                        id,
                        session.csrfToken(),
                        session.since(),
                        session.until()));
    }
}
