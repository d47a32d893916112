package dev.convergence.api.session;

import org.jspecify.annotations.Nullable;

/// A tenant's key or the operator's.
public record SignInRequest(@Nullable String key) {

    @Override
    public String toString() {
        return "SignInRequest[key=***]";
    }
}
