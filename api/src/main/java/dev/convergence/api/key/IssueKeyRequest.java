package dev.convergence.api.key;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A wish for an API key; without scopes it may do everything.
public record IssueKeyRequest(
        @JsonAlias("name") @Nullable String keyName,
        @Nullable List<@Nullable String> scopes,
        @Nullable Integer expiresInDays) {}
