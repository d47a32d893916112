package dev.convergence.api.admin;

import org.jspecify.annotations.Nullable;

/// A wish to have the central tables; none is ever dropped for it.
public record BootstrapRequest(
        @Nullable Boolean forceRecreateDataset, @Nullable Boolean forceRecreateTables) {}
