package dev.convergence.engine.id;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;

/// The name of a tenant, which is also the name of its data set.
///
/// The length and alphabet keep it usable as a file name, a BigQuery data set and a URL segment.
public record TenantId(String value) implements Comparable<TenantId> {

    private static final int LENGTH_MIN = 3;
    private static final int LENGTH_MAX = 64;

    public TenantId {
        if (!isShaped(value)) {
            throw new EngineException(
                    ErrorCode.INVALID_TENANT_ID,
                    "A tenant id has 3 to 64 letters, digits, underscores or hyphens.");
        }
    }

    // By hand, not by a pattern: this runs several times for every job.
    private static boolean isShaped(String value) {
        int length = value.length();
        if (length < LENGTH_MIN || length > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isAllowed(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '-';
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
