package dev.convergence.service.http.idempotency;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.regex.Pattern;

/// Reads the header: the quoted form of the standard and the bare one mean the same key.
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

    private IdempotencyKey() {}

    static String parse(String header) {
        String text = header.strip();
        String key =
                text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                        ? text.substring(1, text.length() - 1)
                        : text;
        if (!PRINTABLE.matcher(key).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER,
                    HEADER + ": send 1 to 255 printable ASCII characters, quoted or bare.");
        }
        return key;
    }
}
