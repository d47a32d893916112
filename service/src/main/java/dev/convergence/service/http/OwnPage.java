package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells requests of our own page from those that another page makes a browser send.
///
/// A browser says where a request comes from and lets no page say otherwise: in `Sec-Fetch-Site`
/// where the address is https or this machine, else in `Origin`. The cookie is SameSite=Strict
/// already; but a site is more than an origin, so another port of the same host would get through.
public final class OwnPage {

    public static final String TOKEN = "X-CSRF-Token";

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private OwnPage() {}

    /// @throws EngineException FORBIDDEN
    public static void require(HttpServletRequest request) {
        if (!isOwn(request)) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN,
                    "A session works from this server's own pages only: send a key instead.");
        }
    }

    /// @throws EngineException FORBIDDEN when a change does not carry the session's token
    static void require(HttpServletRequest request, Session session) {
        require(request);
        if (!READING.contains(request.getMethod()) && !carriesToken(request, session)) {
            throw new EngineException(
                    ErrorCode.FORBIDDEN,
                    "The CSRF token is missing or wrong: send the session's csrf_token in the "
                            + TOKEN
                            + " header, or reload the page.");
        }
    }

    private static boolean isOwn(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin")
                    || (site.equals("none") && READING.contains(request.getMethod()));
        }
        String origin = request.getHeader("Origin");
        return origin == null || host(origin).equals(lower(request.getHeader("Host")));
    }

    private static boolean carriesToken(HttpServletRequest request, Session session) {
        String sent = request.getHeader(TOKEN);
        return sent != null && MessageDigest.isEqual(bytes(sent), bytes(session.csrfToken()));
    }

    private static String host(String origin) {
        return lower(origin.replaceFirst("^https?://", ""));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
