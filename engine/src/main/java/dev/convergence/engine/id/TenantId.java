package dev.convergence.engine.id;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.util.regex.Pattern;

/// The name of a tenant, which is also the name of its data set.
///
/// The length and alphabet keep it usable as a file name, a BigQuery data set and a URL segment.
public record TenantId(String value) implements Comparable<TenantId> {

    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9_-]{3,64}");

    public TenantId {
        if (!SHAPE.matcher(value).matches()) {
            throw new EngineException(
                    ErrorCode.INVALID_TENANT_ID,
                    "A tenant id has 3 to 64 letters, digits, underscores or hyphens.");
        }
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
