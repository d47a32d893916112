package dev.convergence.api.tenant;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// What to change of a profile.
public record TenantChangeRequest(
        @Nullable String companyName,
        @JsonAlias({"contact_email", "email"}) @Nullable String adminEmail) {}
