package dev.convergence.service.http.session;

import dev.convergence.service.http.Session;
import dev.convergence.service.http.SessionReader;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/// The cookie that holds a sealed session: no script can read it, no other site can send it.
public final class SessionCookie implements SessionReader {

    static final String NAME = "convergence_session";

    private final SealedSessions sessions;

    public SessionCookie(SealedSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Session> read(HttpServletRequest request, Instant now) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> NAME.equals(cookie.getName()))
                        .flatMap(cookie -> sessions.open(cookie.getValue(), now).stream())
                        .findFirst();
    }

    String holding(Session session, HttpServletRequest request, Instant now) {
        return cookie(sessions.seal(session), Duration.between(now, session.until()), request);
    }

    String gone(HttpServletRequest request) {
        return cookie("", Duration.ZERO, request);
    }

    private static String cookie(String value, Duration age, HttpServletRequest request) {
        return ResponseCookie.from(NAME, value)
                .httpOnly(true)
                .secure(isSecure(request))
                .sameSite("Strict")
                .path("/")
                .maxAge(age)
                .build()
                .toString();
    }

    /// A proxy that speaks https for us says so. Whoever says it without one has a cookie that its
    /// browser does not send, and harms nobody else.
    private static boolean isSecure(HttpServletRequest request) {
        return request.isSecure()
                || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}
