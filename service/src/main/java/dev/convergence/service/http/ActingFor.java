package dev.convergence.service.http;

import dev.convergence.engine.id.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// An operator who looks at one tenant, and does what that tenant may do.
///
/// It opens nothing new: an operator may issue itself a key of any tenant. A suspended tenant's
/// operator is let through, because somebody has to look.
public final class ActingFor {

    public static final String HEADER = "X-Act-For-Tenant";

    private static final UUID NO_KEY = new UUID(0, 0);
    private static final Set<String> EVERYTHING = Set.of("*");
    private static final String NAME = "operator";

    private final Consumer<TenantId> requireKnown;

    /// @param requireKnown refuses a tenant that is not there
    public ActingFor(Consumer<TenantId> requireKnown) {
        this.requireKnown = requireKnown;
    }

    static boolean isAsked(HttpServletRequest request) {
        return request.getHeader(HEADER) != null;
    }

    /// Whether it is an operator who acts for this tenant.
    public static boolean isBehind(Caller.Tenant caller) {
        return caller.apiKeyId().equals(NO_KEY);
    }

    Caller.Tenant tenant(Caller.Operator operator, HttpServletRequest request) {
        String named = request.getHeader(HEADER);
        TenantIds.require(HEADER, named);
        TenantId tenant = new TenantId(named);
        requireKnown.accept(tenant);
        return new Caller.Tenant(
                tenant, NO_KEY, EVERYTHING, Objects.requireNonNullElse(operator.userId(), NAME));
    }
}
