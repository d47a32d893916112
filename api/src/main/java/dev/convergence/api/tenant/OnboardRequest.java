package dev.convergence.api.tenant;

import com.fasterxml.jackson.annotation.JsonAlias;
import org.jspecify.annotations.Nullable;

/// A wish to become a tenant; also what a dry run of it takes.
public record OnboardRequest(
        @JsonAlias({"customer_id", "org_slug"}) @Nullable String tenantId,
        @Nullable String companyName,
        @JsonAlias({"contact_email", "email"}) @Nullable String adminEmail,
        @JsonAlias({"plan", "plan_name"}) @Nullable String subscriptionPlan,
        @Nullable Boolean forceRecreateDataset,
        @Nullable Boolean forceRecreateTables,
        @Nullable Boolean rotateKey) {}
