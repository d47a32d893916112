package dev.convergence.engine.credential;

import static dev.convergence.engine.credential.CredentialType.ACCESS_KEY;
import static dev.convergence.engine.credential.CredentialType.API_KEY;
import static dev.convergence.engine.credential.CredentialType.SERVICE_ACCOUNT;

import dev.convergence.engine.error.FieldFaults;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose credentials they are.
public enum Provider {
    GCP(SERVICE_ACCOUNT),
    AWS(ACCESS_KEY),
    AZURE(SERVICE_ACCOUNT),
    OCI(API_KEY),
    OPENAI(API_KEY),
    CLAUDE(API_KEY);

    private final CredentialType usualType;

    Provider(CredentialType usualType) {
        this.usualType = usualType;
    }

    CredentialType usualType() {
        return usualType;
    }

    /// The provider of a template's path, in any case.
    public static Optional<Provider> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("ANTHROPIC")
                ? Optional.of(CLAUDE)
                : Arrays.stream(values()).filter(p -> p.name().equals(upper)).findFirst();
    }

    /// ANTHROPIC is another name of CLAUDE.
    static @Nullable Provider checked(@Nullable String name, FieldFaults faults) {
        if (name == null || name.isBlank()) {
            faults.add("provider", "REQUIRED", "is required.");
            return null;
        }
        boolean alias = name.strip().toUpperCase(Locale.ROOT).equals("ANTHROPIC");
        return alias ? CLAUDE : faults.word("provider", name, Provider.class);
    }
}
