package dev.convergence.service.config;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a vendor of language models is reached.
///
/// @param key null: nobody can ask it, unless it wants none
public record ModelVendor(URI base, @Nullable Secret key) {}
