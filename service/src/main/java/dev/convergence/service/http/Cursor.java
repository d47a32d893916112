package dev.convergence.service.http;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a list goes on: the sort keys of the last row shown, opaque to the caller.
///
/// It is not signed, because it grants nothing: every query names its tenant, and each key is
/// checked when it is read. A cursor of another list, or of another filter, is refused.
public final class Cursor {

    private static final int TEXT_MAX = 1024;
    private static final String VERSION = "1";
    private static final String SEPARATOR = "\u001f";

    private final List<String> keys;

    private Cursor(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /// @param list the name of the list and whatever else shapes it, such as its filters
    /// @param keys the sort keys of the last row; their text forms must read back
    public static String encode(String list, Object... keys) {
        StringBuilder text = new StringBuilder(VERSION).append(SEPARATOR).append(list);
        for (Object key : keys) {
            text.append(SEPARATOR).append(key);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Null when the caller asks for the first page.
    public static @Nullable Cursor decode(@Nullable String text, String list, int keys) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        List<String> parts = parts(text);
        if (parts.size() != keys + 2
                || !parts.getFirst().equals(VERSION)
                || !parts.get(1).equals(list)) {
            throw invalid();
        }
        return new Cursor(parts.subList(2, parts.size()));
    }

    public String text(int index) {
        return keys.get(index);
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(keys.get(index));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    public Instant instant(int index) {
        try {
            return Instant.parse(keys.get(index));
        } catch (DateTimeException e) {
            throw invalid();
        }
    }

    public long number(int index) {
        try {
            return Long.parseLong(keys.get(index));
        } catch (NumberFormatException e) {
            throw invalid();
        }
    }

    private static List<String> parts(String text) {
        if (text.length() > TEXT_MAX) {
            throw invalid();
        }
        try {
            String decoded =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            return List.of(decoded.split(SEPARATOR, -1));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static EngineException invalid() {
        return new EngineException(
                ErrorCode.INVALID_PARAMETER,
                "cursor: not one of this list; leave it out to start from the first page.");
    }
}
