package dev.convergence.service.http.session;

import dev.convergence.engine.credential.Vault;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.TenantId;
import dev.convergence.service.http.Session;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// Makes sessions, and seals them with the installation's master key, so that no node needs to
/// remember any and all can read each other's.
///
/// What is sealed is the key, not a grant: each use asks whether it is still good, so a session
/// ends with its key.
public final class SealedSessions {

    /// How long one lasts without anybody looking at the page.
    static final Duration IDLE = Duration.ofHours(1);

    /// How long one lasts however often somebody looks.
    static final Duration LONGEST = Duration.ofHours(12);

    private static final TenantId NOBODY = new TenantId("system");
    private static final String PURPOSE = "session";
    private static final int TOKEN_BYTES = 16;
    private static final int PARTS = 5;
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder FROM_TEXT = Base64.getUrlDecoder();

    private final Vault vault;
    private final SecureRandom random = new SecureRandom();

    public SealedSessions(Vault vault) {
        this.vault = vault;
    }

    Session begin(boolean isOperator, String key, Instant now) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return new Session(isOperator, key, TO_TEXT.encodeToString(token), now, now.plus(IDLE));
    }

    /// The same session for as long again; empty while most of its time is left, or when it has
    /// lasted for long enough.
    Optional<Session> renewed(Session session, Instant now) {
        Instant latest = session.since().plus(LONGEST);
        Instant wished = now.plus(IDLE);
        Instant until = wished.isBefore(latest) ? wished : latest;
        return Duration.between(session.until(), until).compareTo(IDLE.dividedBy(6)) < 0
                ? Optional.empty()
                : Optional.of(
                        new Session(
                                session.isOperator(),
                                session.key(),
                                session.csrfToken(),
                                session.since(),
                                until));
    }

    String seal(Session session) {
        String text =
                String.join(
                        "\n",
                        session.isOperator() ? "operator" : "tenant",
                        session.csrfToken(),
                        Long.toString(session.since().getEpochSecond()),
                        Long.toString(session.until().getEpochSecond()),
                        session.key());
        Vault.Sealed sealed = vault.seal(NOBODY, PURPOSE, text.getBytes(StandardCharsets.UTF_8));
        return sealed.keyId() + "." + TO_TEXT.encodeToString(sealed.ciphertext());
    }

    /// Empty for anything that is no session of this installation, or was one.
    Optional<Session> open(String text, Instant now) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        try {
            byte[] sealed = FROM_TEXT.decode(text.substring(dot + 1));
            byte[] opened =
                    vault.open(NOBODY, PURPOSE, new Vault.Sealed(sealed, text.substring(0, dot)));
            return Optional.of(parse(new String(opened, StandardCharsets.UTF_8)))
                    .filter(session -> now.isBefore(session.until()));
        } catch (IllegalArgumentException | EngineException foreign) {
            return Optional.empty();
        }
    }

    private static Session parse(String text) {
        String[] parts = text.split("\n", PARTS);
        if (parts.length < PARTS) {
            throw new IllegalArgumentException("Not a session");
        }
        return new Session(
                parts[0].equals("operator"),
                parts[4],
                parts[1],
                Instant.ofEpochSecond(Long.parseLong(parts[2])),
                Instant.ofEpochSecond(Long.parseLong(parts[3])));
    }
}
