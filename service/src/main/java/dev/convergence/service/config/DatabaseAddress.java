package dev.convergence.service.config;

import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is and how to enter; the URL carries neither user nor password.
public record DatabaseAddress(String jdbcUrl, @Nullable String user, @Nullable Secret password) {}
