package dev.convergence.engine.tenant;

import dev.convergence.engine.error.FieldFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for an API key, as the user wrote it.
public record KeyRequest(
        @Nullable String name,
        @Nullable List<@Nullable String> scopes,
        @Nullable Integer expiresInDays) {

    static final int NAME_LENGTH_MAX = 100;
    private static final int DAYS_MAX = 365;

    /// @param expiresAt null for a key that never expires
    record Checked(String name, List<String> scopes, @Nullable Instant expiresAt) {}

    Checked check(Instant now) {
        FieldFaults faults = new FieldFaults();
        String checkedName = faults.text("key_name", name, 1, NAME_LENGTH_MAX);
        List<String> checkedScopes = Scopes.checked(scopes, faults);
        faults.range("expires_in_days", expiresInDays, 1, DAYS_MAX);
        faults.refuseIfAny();
        Instant expiry = expiresInDays == null ? null : now.plus(Duration.ofDays(expiresInDays));
        return new Checked(checkedName, checkedScopes, expiry);
    }
}
