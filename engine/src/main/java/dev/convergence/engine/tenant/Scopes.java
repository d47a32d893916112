package dev.convergence.engine.tenant;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.error.FieldFaults;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What API keys may be allowed to do.
final class Scopes {

    public static final String ANY = "*";
    public static final List<String> ALL =
            List.of("pipelines:read", "pipelines:write", "pipelines:execute");

    private Scopes() {}

    /// The wished scopes without duplicates. Unknown ones are refused: they would allow nothing.
    static List<String> checked(@Nullable List<@Nullable String> wished, FieldFaults faults) {
        if (wished == null) {
            return List.of(ANY);
        }
        if (wished.isEmpty()) {
            faults.add("scopes", "REQUIRED", "names at least one scope.");
        }
        Set<String> scopes = new TreeSet<>();
        for (String scope : wished) {
            if (scope == null || !(scope.equals(ANY) || ALL.contains(scope))) {
                faults.add("scopes", "UNKNOWN_VALUE", "is * or some of " + ALL + ".");
                return List.of();
            }
            scopes.add(scope);
        }
        return List.copyOf(scopes);
    }

    /// Whether who holds some scopes may do what others allow; all known scopes are as good as `*`.
    public static boolean covers(Set<String> held, List<String> asked) {
        return held.contains(ANY) || held.containsAll(ALL) || held.containsAll(asked);
    }

    /// Keeps a key from making itself a mightier one.
    static void refuseBeyond(Requester by, List<String> asked) {
        if (by instanceof Requester.Owner owner && !covers(owner.scopes(), asked)) {
            throw new EngineException(
                    ErrorCode.INSUFFICIENT_SCOPE,
                    "This API key can't hand out the scopes "
                            + asked
                            + ", because it does not hold them itself.");
        }
    }
}
