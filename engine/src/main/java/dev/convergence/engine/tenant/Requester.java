package dev.convergence.engine.tenant;

import dev.convergence.engine.id.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// On whose behalf a tenant or its keys are changed.
public sealed interface Requester {

    /// Who runs the installation.
    record Operator(@Nullable String userId) implements Requester {}

    /// A tenant, by one of its keys.
    record Owner(TenantId tenant, Set<String> scopes, @Nullable String userId)
            implements Requester {}

    /// Somebody who proved nothing.
    record Stranger() implements Requester {}

    /// How the requester is written down beside what it did.
    default String name() {
        return switch (this) {
            case Operator operator -> named(operator.userId(), "operator");
            case Owner owner -> named(owner.userId(), "tenant");
            case Stranger stranger -> "onboarding";
        };
    }

    private static String named(@Nullable String userId, String otherwise) {
        return userId == null ? otherwise : userId;
    }
}
